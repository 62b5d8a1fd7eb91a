package gradcheck.check;

/**
 * The numbers that the verdict hangs on, each with its reason and what was seen when it was another. Whoever changes one runs the whole
 * table of verdicts: most of them keep right gradients from being called wrong.
 */
final class Thresholds {
    /** The chance of a false alarm in a whole check, if the noise were Gaussian and its size known: divided among the entries. */
    static final double FALSE_ALARM = 1e-4;
    /** The noise is itself estimated from two or three times seven values. With 1.0: a false alarm in 1,200 checks. */
    static final double SAFETY = 1.5;
    /** A bend of the loss counts from this many sigma on. */
    static final double VISIBLE = 8;
    /** Kinks on both sides of the weights may hide this many times the visible gap of the slopes. With 1: 4 false alarms in 1,200. */
    static final double KINKS = 3;
    /** So many neighbouring steps must exclude a claim. With one: 23 false alarms in 1,200. */
    static final int STEPS_AGAINST = 3;
    /** Steps 4^-6 to 4^3 times the screened one are walked to confirm an error. From -4 on: equal figures, fewer evaluations. */
    static final int FIRST_RUNG = -6;
    static final int LAST_RUNG = 3;
    /** Screening takes at most so many steps. */
    static final int ROUNDS = 8;
    /** A step is changed where another one is this much better. Never shorter: 8 % fewer right gradients RIGHT, in float64. */
    static final double TOO_LONG = 0.4;
    static final double TOO_SHORT = 2;
    /** Noise matters from this share of the derivative on. */
    static final double WANTED = 0.1;
    /** A tensor is checked when its error is certainly below 1 %. */
    static final double RESOLVED = 1e-2;
    /** ... or when it is next to nothing beside the whole gradient. Without: 7 % fewer RIGHT in float64. */
    static final double NOTHING = 1e-6;
    /** Relative steps, in units of the length over which the loss bends, are kept within these. */
    static final double SHORTEST_STEP = 1e-7;
    static final double LONGEST_STEP = 0.05;
    /** The spacing of the values that show the noise. From 1e-6 on: kinks count as noise. */
    static final double FIRST_SPACING = 1e-8;
    static final double LAST_SPACING = 1e-4;
    /** Noise lines that differ by more than this factor call for a third one. */
    static final double UNLIKE_LINES = 3;
    /** A loss of fewer bits is coarse: float32, or another rounding, somewhere in it. */
    static final double COARSE_BITS = 40;
    /** The natural scale of a weight is not below this share of its row's or column's. Without: 4.5 % fewer RIGHT in float64. */
    static final double TYPICAL_SHARE = 0.1;
    /** ... nor below this share of the tensor's. With 1e-3: a right gradient of 800 WRONG, as long steps saturate a unit. */
    static final double SCALE_FLOOR = 1e-6;
    /** Two evaluations at the same weights may differ by this share. */
    static final double SAME = 1e-9;
    /** Whether they do is also asked where the weights are moved by this share: at zero weights dropout does not show. */
    static final double BESIDE = 0.03;
    /** Up to so many parameters each of them is looked at; beyond, random directions. */
    static final int MANY = 1000;
    /** After so many confirmed errors in a tensor its next suspects are believed. Confirming all: the same verdicts, 4 times the cost. */
    static final int CONFIRMED = 3;
    /** Where pieces are measured at the same time, so many entries are one piece. */
    static final int RUN = 32;
    /** At most so many entries of a tensor that failed along a direction are looked into. */
    static final int SAMPLE = 400;
    /** Unless the loss is coarse, a direction may be measured so many times less exactly than an entry: it is for quick answers. */
    static final double ENOUGH = 30;
    /** The second opinion is asked where the loss is within this share of its value at zero. With 0.5: a false alarm in 700. */
    static final double NEAR_ZERO = 0.1;
    /** Before, each weight is moved by this share, away from kinks that sit at the weights. Without: 2 false alarms in 700. */
    static final double MOVE = 0.3;
    /** The worst entries that the second opinion looks at. */
    static final int WORST = 3;
    /** It has decided where its bound is below this share of the error seen at the weights. */
    static final double DECIDED = 0.3;
    /** A coefficient of a law must be this many standard deviations from zero. */
    static final double SURE = 5;
    /** A law leaves at most this share of the disagreement. */
    static final double LAW_LEAVES = 0.02;
    /** ... or this one, where so many of the entries lie within so many of their bounds. Either half alone: 5 to 15 % fewer causes. */
    static final double LAW_LEAVES_MORE = 0.1;
    static final double LAW_HOLDS_FOR = 0.9;
    static final double LAW_BOUNDS = 3;
    /** A law is looked for in a tensor of which more than this share is wrong. */
    static final double LAW_FROM = 0.25;
    /** Up to this share of the entries are single errors. */
    static final double FEW = 0.1;
    /** A factor is an integer, its inverse or a number of rows where it is one within this share. */
    static final double PRETTY = 0.01;
    /** With a step of the caller's own a wrong gradient stays WRONG where its error is this many times what the step causes. */
    static final double OWN_STEP = 3;

    private Thresholds() {
    }
}
