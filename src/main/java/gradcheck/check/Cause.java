package gradcheck.check;

import static gradcheck.check.Finding.text;

import gradcheck.check.Finding.Kind;
import gradcheck.check.Laws.Law;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names the cause of a disagreement: which simple change of the claimed gradient gives the numbers that were measured, and in which part.
 *
 * @param rows how many the loss is a mean of; 0 if unknown
 */
record Cause(Evidence evidence, List<Block> blocks, double[] weights, double[] claimed, long rows) {
    static List<Finding> of(Evidence evidence, long rows) {
        return new Cause(evidence, evidence.blocks(), evidence.here().weights(), evidence.claimed(), rows).findings();
    }

    /** Whether one law explains these entries, each measured on its own. */
    static boolean isLaw(Evidence evidence, int[] entries) {
        return new Cause(evidence, evidence.blocks(), evidence.here().weights(), evidence.claimed(), 0)
                .law(entries, evidence.sample(Arrays.stream(entries))).isPresent();
    }

    /** Whether one law explains some entries of a tensor. */
    static boolean isLaw(Evidence evidence, Block block, int[] entries) {
        Cause cause = new Cause(evidence, evidence.blocks(), evidence.here().weights(), evidence.claimed(), 0);
        return cause.law(entries, evidence.sample(block))
                .or(() -> entries.length == block.size() ? cause.moved(block) : Optional.empty()).isPresent();
    }

    /** What was found of a tensor or a part of it: a law, or where there is none words alone. */
    private record Found(Block block, String name, Law law, boolean lawless) {
    }

    /** One law for the whole gradient if there is one (biases carry no regularisation), else what is wrong with each tensor. */
    private List<Finding> findings() {
        if (blocks.size() > 1) {
            double[] penalised = new double[weights.length];
            blocks.stream().filter(b -> b.shape().length > 1)
                    .forEach(b -> System.arraycopy(weights, b.from(), penalised, b.from(), b.size()));
            Sample joint = blocks.stream().map(evidence::sample).reduce(Sample::and).orElseThrow();
            boolean all = blocks.stream().allMatch(b -> evidence.sample(b).size() > 0 || b.entries().allMatch(i -> claimed[i] == 0));
            Optional<Law> whole = !all || Arrays.stream(claimed).allMatch(v -> v == 0) ? Optional.empty()
                    : new Laws(joint, claimed, penalised, evidence.all().toArray(), evidence.here().value(), rows).find();
            if (whole.isPresent()) {
                boolean ofMatrices = whole.get().kind() == Kind.REGULARISATION_MISSING || whole.get().kind() == Kind.REGULARISATION_EXTRA;
                return List.of(whole.get().of(ofMatrices ? "every matrix" : "the whole gradient", false));
            }
        }
        List<Block> bad = blocks.stream().filter(b -> evidence.wrong(b.entries()).findAny().isPresent()).toList();
        List<Found> found = bad.stream().flatMap(this::of).toList();
        List<Finding> findings = new ArrayList<>(merged(found.stream().filter(f -> !f.lawless()).toList()));
        List<Found> lawless = found.stream().filter(Found::lawless).toList();
        if (lawless.size() == 1 && lawless.get(0).law().kind() != Kind.OTHER_FUNCTION) {
            findings.add(lawless.get(0).law().of(lawless.get(0).name(), false));
        } else if (!lawless.isEmpty()) {
            findings.add(new Advice(blocks, bad, lawless.stream().map(Found::block).toList())
                    .finding(lawless.stream().map(f -> f.name() + " " + f.law().one()).collect(Collectors.joining("; "))));
        }
        return findings;
    }

    /** Equal findings once, with all names. */
    private static List<Finding> merged(List<Found> found) {
        Map<Law, List<String>> names = new LinkedHashMap<>();
        found.forEach(f -> names.computeIfAbsent(f.law(), law -> new ArrayList<>()).add(f.name()));
        return names.entrySet().stream().map(e -> e.getKey().of(String.join(", ", e.getValue()),
                e.getValue().size() > 1 || e.getValue().get(0).matches(".* (rows|columns|slices|entries) .*"))).toList();
    }

    /** What is wrong with a tensor: its layout, a law, another tensor's numbers, some lines, a few entries, or nothing simple. */
    private Stream<Found> of(Block block) {
        boolean zero = block.entries().allMatch(i -> claimed[i] == 0);
        Optional<Found> simple = Optional.of(block).filter(b -> !zero).flatMap(b -> moved(b).or(() -> numbersOfAnother(b)))
                .map(law -> new Found(block, block.name(), law, false));
        int[] wrong = evidence.wrong(block.entries()).toArray();
        if (simple.isPresent()) {
            return simple.stream();
        }
        for (Cover cover : Cover.of(block, wrong)) {
            Optional<Law> law = covered(block, cover, wrong);
            if (law.isPresent()) {
                return Stream.of(new Found(block, cover.name(), law.get(), false));
            }
        }
        List<Found> each = eachLine(block, wrong);
        if (!each.isEmpty()) {
            return each.stream();
        }
        Optional<Law> common = wrong.length > 2 ? law(wrong, evidence.sample(Arrays.stream(wrong))) : Optional.empty();
        long seen = block.entries().filter(i -> evidence.derivatives()[i].isAlone()).count();
        String name = block.name() + " " + Cover.listed(wrong, 4, block::place);
        return Stream.of(common.map(law -> new Found(block, name, kind(Kind.PART, law), false))
                .orElseGet(() -> wrong.length <= Math.max(2, Thresholds.FEW * seen) ? entries(block, wrong) : lines(block, wrong)));
    }

    /** A few lines, each with a law of its own; none if one of them has none. */
    private List<Found> eachLine(Block block, int[] wrong) {
        for (int axis = 0; axis < block.shape().length && block.shape().length > 1; axis++) {
            int along = axis;
            int[] lines = Arrays.stream(wrong).map(i -> Cover.place(block, i, along)).distinct().sorted().toArray();
            List<Found> found = IntStream.of(lines).limit(Thresholds.LINES + 1L).mapToObj(l -> {
                int[] here = Arrays.stream(wrong).filter(i -> Cover.place(block, i, along) == l).toArray();
                Cover cover = Cover.lines(block, along, here);
                return covered(block, cover, here).map(law -> new Found(block, cover.name(), law, false));
            }).flatMap(Optional::stream).toList();
            if (lines.length <= Thresholds.LINES && found.size() == lines.length) {
                return found;
            }
        }
        return List.of();
    }

    /** Lines that are wrong wholly, or else the tensor. */
    private Found lines(Block block, int[] wrong) {
        List<Cover> covers = Cover.of(block, wrong);
        // Where the whole tensor is wrong but for zeros, its lines tell nothing.
        return covers.stream().filter(c -> !isWholly(covers.get(0), wrong) && isWholly(c, wrong)).findFirst()
                .map(c -> new Found(block, c.name(), Law.of(c.kind(), words(wrong), words(wrong)), true))
                .orElseGet(() -> new Found(block, block.name(), Law.of(Kind.OTHER_FUNCTION, words(wrong), ""), true));
    }

    /** The law of a part whose entries are wrong, most of them; of a part of a tensor it tells the part. */
    private Optional<Law> covered(Block block, Cover cover, int[] wrong) {
        boolean along = !evidence.derivatives()[wrong[0]].isAlone();
        Sample sample = along ? evidence.samples().get(block) : evidence.sample(Arrays.stream(cover.entries()));
        boolean most = along ? wrong.length == cover.entries().length
                : (2 * wrong.length >= active(cover, wrong) || isSilent(cover, wrong)) && (cover.kind() == null || wrong.length > 1);
        return (most ? law(cover.entries(), sample) : Optional.<Law>empty())
                .map(law -> cover.kind() == null ? law : kind(cover.kind(), law));
    }

    private boolean isWholly(Cover cover, int[] wrong) {
        return wrong.length > 1 && active(cover, wrong) == wrong.length;
    }

    /** The entries of a cover that are not zero on both sides. */
    private long active(Cover cover, int[] wrong) {
        return Arrays.stream(cover.entries()).filter(i -> claimed[i] != 0 || Arrays.binarySearch(wrong, i) >= 0).count();
    }

    /** Whether nothing but the wrong entries of a cover was measured so well that it could tell one law from another. */
    private boolean isSilent(Cover cover, int[] wrong) {
        return wrong.length > 1 && Arrays.stream(cover.entries()).filter(i -> Arrays.binarySearch(wrong, i) < 0)
                .allMatch(i -> evidence.bound(i) > Math.abs(claimed[i]) / 4);
    }

    private static Law kind(Kind kind, Law law) {
        boolean plain = law.kind() == Kind.FACTOR || law.kind() == Kind.SIGN || law.kind() == Kind.MISSING;
        return new Law(kind, law.one(), law.many(), plain ? kind.cure() : law.cure());
    }

    private Optional<Law> law(int[] entries, Sample sample) {
        return new Laws(sample, claimed, weights, entries, evidence.here().value(), rows).find();
    }

    /** A few entries, each with its law if there is one. */
    private Found entries(Block block, int[] wrong) {
        List<Optional<Law>> laws = Arrays.stream(wrong).mapToObj(i -> law(new int[] {i}, evidence.sample(IntStream.of(i)))).toList();
        boolean signs = laws.stream().allMatch(law -> law.isPresent() && law.get().kind() == Kind.SIGN);
        String says = IntStream.range(0, Math.min(4, wrong.length)).mapToObj(k -> entry(wrong[k])
                + laws.get(k).filter(law -> law.kind() != Kind.MISSING).map(law -> ", it " + law.one()).orElse(""))
                .collect(Collectors.joining("; ")) + (wrong.length > 4 ? "; and " + (wrong.length - 4) + " more" : "");
        return new Found(block, block.name(), new Law(Kind.ENTRY, says, says, signs ? Kind.SIGN.cure() : Kind.ENTRY.cure()),
                laws.stream().anyMatch(Optional::isEmpty));
    }

    /** A place, and both numbers in the digits in which they differ. */
    private String entry(int i) {
        double apart = Math.abs(claimed[i] - evidence.value(i)) / Math.max(Math.abs(claimed[i]), Math.abs(evidence.value(i)));
        int digits = Math.max(6, Math.min(16, (int) Math.ceil(-Math.log10(apart)) + 2));
        String number = "%." + digits + "g";
        Block block = blocks.stream().filter(b -> i < b.to()).findFirst().orElseThrow();
        return text("%s: the gradient says " + number + ", the loss " + number + " +- %.1g",
                block.place(i), claimed[i], evidence.value(i), evidence.bound(i));
    }

    /** The entries that are worst. */
    private String words(int[] wrong) {
        String worst = Arrays.stream(wrong).boxed().sorted(Comparator.comparingDouble(i -> -evidence.gap(i) / evidence.bound(i)))
                .limit(wrong.length < 3 ? 2 : 1).map(this::entry).collect(Collectors.joining("; "));
        return wrong.length < 3 ? worst : text("(%d entries, such as %s)", wrong.length, worst);
    }

    /** Whether the numbers fit if they are read with axes exchanged, or from the end of an axis to its beginning. */
    private Optional<Law> moved(Block block) {
        Sample sample = evidence.sample(block);
        int rank = block.shape().length;
        for (int a = 0; a < rank && block.size() > 2 && sample.size() > 2; a++) {
            if (block.shape()[a] > 1 && sample.agrees(sample.of(read(block, a, a)), sample.of(claimed))) {
                String says = rank == 1 ? " is reversed" : " is reversed along axis " + a;
                return Optional.of(Law.of(Kind.REVERSED, says.strip(), "are reversed"));
            }
            for (int b = a + 1; b < rank; b++) {
                if (block.shape()[a] > 1 && block.shape()[b] > 1 && sample.agrees(sample.of(read(block, a, b)), sample.of(claimed))) {
                    String says = rank != 2 ? text("laid out with axes %d and %d exchanged", a, b)
                            : text("laid out transposed: its numbers fit %d x %d, read row by row", block.columns(), block.rows());
                    return Optional.of(Law.of(Kind.TRANSPOSED, "is " + says, "are " + says));
                }
            }
        }
        return Optional.empty();
    }

    /** The claimed gradient with a tensor read with two axes exchanged, or, where they are the same, that axis reversed. */
    private double[] read(Block block, int a, int b) {
        double[] model = claimed.clone();
        long[] shape = block.shape();
        long[] other = shape.clone();
        other[a] = shape[b];
        other[b] = shape[a];
        block.entries().forEach(i -> {
            int[] place = IntStream.range(0, shape.length).map(axis -> Cover.place(block, i, axis)).toArray();
            int first = place[a];
            place[a] = a == b ? (int) shape[a] - 1 - first : place[b];
            place[b] = a == b ? place[a] : first;
            int at = 0;
            for (int d = 0; d < shape.length; d++) {
                at = at * (int) other[d] + place[d];
            }
            model[i] = claimed[block.from() + at];
        });
        return model;
    }

    private Optional<Law> numbersOfAnother(Block block) {
        long seen = block.entries().filter(i -> Math.abs(claimed[i]) > evidence.bound(i)).count();
        return blocks.stream().filter(other -> other != block && seen > 1).filter(other -> block.entries().allMatch(i -> {
            int there = other.from() + (i - block.from()) % other.size();
            double most = Thresholds.LAW_BOUNDS * evidence.bound(there) + 1e-9 * Math.abs(claimed[i]);
            return Math.abs(claimed[i] - evidence.value(there)) <= most;
        })).findFirst().map(Block::name)
                .map(name -> Law.of(Kind.OTHER_TENSOR, "holds the gradient of " + name, "hold the gradient of " + name));
    }
}
