package gradcheck.check;

/**
 * The numbers that the verdict hangs on, each with its reason and what was seen when it was another. Whoever changes one runs the whole
 * table of verdicts: most of them keep right gradients from being called wrong.
 */
final class Thresholds {
    /** The chance of a false alarm in a whole check, if the noise were Gaussian and its size known: divided among the entries. */
    static final double FALSE_ALARM = 1e-4;
    /** The noise is itself estimated from a few values. */
    static final double SAFETY = 1.2;
    /** In half precision, a loss of fewer bits than this, a few leaps are no Gaussian noise. */
    static final double HALF_BITS = 20;
    static final double HALF_SAFETY = 1.8;
    /** A bend of the loss counts from this many sigma on. */
    static final double VISIBLE = 8;
    /** Kinks on both sides of the weights may hide this many times the visible gap of the slopes. With 1: 4 false alarms in 1,200. */
    static final double KINKS = 3;
    /** So many neighbouring steps must exclude a claim. With one: 23 false alarms in 1,200. */
    static final int STEPS_AGAINST = 3;
    /** The ratio of neighbouring steps of a walk. No power of two: the mantissa of a moved zero would be the same at all of them. */
    static final double RATIO = 3.7;
    /** The walk goes from this power of the ratio to that one, and down to the lowest while fewer steps agree than must. */
    static final int FIRST_RUNG = -6;
    static final int LAST_RUNG = 3;
    static final int LOWEST_RUNG = -26;
    /** Two one-sided slopes that differ by this many times their errors make a kink. */
    static final double TWO_SLOPES = 10;
    /** A change of which more than this share is left after so many bisections is a leap. */
    static final double LEAP = 0.1;
    static final int BISECTIONS = 7;
    /** Two longer steps, up to this share of the own size, must not agree with the claim to this share of the disagreement. */
    static final double FAR = 0.3;
    /** A step that is so many times the weight's own size excludes nothing. Without: w log w at 1e-20 beside others is WRONG. */
    static final double BEYOND = 30;
    static final double AGREES = 0.1;
    /** Where the loss is finite on one side alone, so many steps are taken there. */
    static final int ONE_SIDED_STEPS = 14;
    /** Screening takes at most so many steps. */
    static final int ROUNDS = 10;
    /** A step is changed where another one is this much better. Never shorter: 8 % fewer right gradients RIGHT, in float64. */
    static final double TOO_LONG = 0.4;
    static final double TOO_SHORT = 2;
    /** A step without a visible bend grows at most by this factor. */
    static final double GROWTH = 1000;
    /** A step whose bend exceeds this share of the loss is as long as the curvature length. */
    static final double TRUSTED = 0.1;
    /** Bends grow with this power of the step at least where the loss is smooth: 2, and 1 at a kink. With 1.2: no change. */
    static final double SMOOTH = 1.5;
    /** Noise matters from this share of the derivative on. */
    static final double WANTED = 0.1;
    /** A neighbour's step is taken over down to this share of the first step of an entry's own. */
    static final double SHORTEST_HINT = 1e-3;
    /** A disagreement below this share of the derivative is the precision of the claim. With 1e-5: bugs of 1e-5 pass. */
    static final double PRECISION = 1e-6;
    /** Noise of the claim puts entries off by like amounts: none is this much more exact than another. With 0.1: right ones are WRONG. */
    static final double ALIKE = 1e-3;
    /** An error of higher order shrinks by less than this factor when the weights are halved: of the sixth, seventh order and so on. */
    static final double FADING = 64;
    static final int HALVINGS = 12;
    /** So many others are asked. */
    static final int OTHERS = 3;
    /** A tensor is checked when its error is certainly below 1 %. */
    static final double RESOLVED = 1e-2;
    /** ... or when it is next to nothing beside the whole gradient. Without: 7 % fewer RIGHT in float64. */
    static final double NOTHING = 1e-6;
    /** Relative steps, in units of the length over which the loss bends, are kept within these. */
    static final double SHORTEST_STEP = 1e-7;
    static final double LONGEST_STEP = 0.05;
    /** The spacing of the values that show the noise, as a share of the weights' own sizes. From 1e-6 on: kinks count as noise. */
    static final double FIRST_SPACING = 0x1p-28;
    static final double LAST_SPACING = 0x1p-9;
    static final double SHORTEST_SPACING = 0x1p-40;
    /** Noise lines that differ by more than this factor call for a third one. */
    static final double UNLIKE_LINES = 3;
    /** A loss of fewer bits is coarse: float32, or another rounding, somewhere in it. */
    static final double COARSE_BITS = 40;
    /** The longest step is not below this share of what is typical of a row or column. Without: 4.5 % fewer RIGHT in float64. */
    static final double TYPICAL_SHARE = 0.1;
    /** ... nor below this share of the tensor's. With 1e-3: a right gradient of 800 WRONG, as long steps saturate a unit. */
    static final double SCALE_FLOOR = 1e-6;
    /** Two evaluations at the same weights that differ by no more than this share are the same. */
    static final double SAME = 1e-9;
    /** Up to this share they are noise, which is measured by so many repeats: with 32 it is too low by a third once in 10,000 times. */
    static final double NOISY = 1e-3;
    static final int REPEATS = 32;
    /** Whether they do is also asked where the weights are moved by this share: at zero weights dropout does not show. */
    static final double BESIDE = 0.03;
    /** A loss whose changes are below so many sigma everywhere is constant. */
    static final double REACTS = 20;
    /** A gradient that moves the loss by this share when its weights move by their own sizes does not vanish: it is not seen. */
    static final double MATTERS = 1e-2;
    /** Up to so many parameters each of them is looked at; beyond, random directions. */
    static final int MANY = 1000;
    /** After so many confirmed errors in a tensor its next suspects are believed. Confirming all: the same verdicts, 4 times the cost. */
    static final int CONFIRMED = 3;
    /** Where pieces are measured at the same time, so many entries are one piece. */
    static final int RUN = 32;
    /** A tensor of so many entries that failed along a direction is measured entry by entry at once. */
    static final int SMALL = 64;
    /** The lines that do not pass are looked for by halving, while there are no more than this. */
    static final int LINES = 4;
    /** Of more entries that no law explains, only those few that matter most are looked into. */
    static final int DENSE = 12;
    /** Entries of which a direction tells next to nothing are moved on their own, in so many rounds. */
    static final int SPLITS = 4;
    /** A tensor's part of a direction through all tensors is shrunk by at most this factor, so that all count alike. */
    static final double ONE_SIZE = 1000;
    /** Unless the loss is coarse, a direction may be measured so many times less exactly than an entry: it is for quick answers. */
    static final double ENOUGH = 30;
    /** ... but so exactly that noise hides no more than this share of what a typical entry counts for. */
    static final double SINGLE = 1e-3;
    /** The second opinion is asked where the loss is within this share of its value at zero. With 0.5: a false alarm in 700. */
    static final double NEAR_ZERO = 0.1;
    /** Before, each weight is moved by up to this share, away from kinks that sit at the weights. Without: 2 false alarms in 700. */
    static final double MOVE = 0.3;
    /** So many points near zero are asked, until one decides. */
    static final int DRAWS = 3;
    /** Away from zero an error counts if it is in the same ratio to the claim as at the weights, within this share. */
    static final double SAME_RATIO = 0.05;
    /** The worst entries that the second opinion looks at. */
    static final int WORST = 3;
    /** It has decided where its bound is below this share of the error seen at the weights. */
    static final double DECIDED = 0.3;
    /** A coefficient of a law must be this many standard deviations from zero. */
    static final double SURE = 5;
    /** A law leaves of each entry's disagreement at most so many of its bounds, and this share of it. */
    static final double LAW_BOUNDS = 3;
    static final double LAW_LEAVES = 1e-3;
    /** A factor is not looked for below this, nor above its inverse. */
    static final double LEAST_FACTOR = 1e-7;
    /** A law is looked for in a tensor of which more than this share is wrong. */
    static final double LAW_FROM = 0.25;
    /** Up to this share of the entries are single errors. */
    static final double FEW = 0.1;
    /** With a step of the caller's own a wrong gradient stays WRONG where its error is this many times what the step causes. */
    static final double OWN_STEP = 3;

    private Thresholds() {
    }
}
