package gradcheck.check;

import gradcheck.data.Dataset;
import gradcheck.data.Datasets;
import gradcheck.model.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One seeded case: a model, data, a start, an arithmetic, regularisation, and perhaps a bug in the gradient. */
final class Case {
    enum Kind { LOGISTIC, SOFTMAX, TANH_BINARY, TANH, RELU_BINARY, RELU, SIGMOID }

    enum Start { ZERO_BIAS, SMALL, LARGE, TRAINED, ZERO }

    enum Bug {
        MISSING_MEAN, SIGN, TRANSPOSED, BIAS_MISSING, ROW, ENTRY_1, ENTRY_2, ENTRY_3, ENTRY_4, ENTRY_5, L2_MISSING, L2_DOUBLED,
        ACTIVATION_OMITTED, LABELS_SHIFTED, ERROR_SWAPPED, LAYER_SUM, RELU_NEGATIVE, SQUARE_OMITTED, OTHER_TENSOR
    }

    private static final int HIDDEN = 6;
    private static final Map<String, Case.Data> DATA = new ConcurrentHashMap<>();

    record Data(String name, double[][] x, int[] y) {
    }

    final long seed;
    final Kind kind;
    final Start start;
    final Numbers numbers;
    final double l2;
    final Bug bug;
    final Data data;
    final int[] y;
    final int k;
    final List<Part> blocks;
    final double[] weights;
    final ForwardPass pass;

    private Case(long seed, Kind kind, Data data, Start start, Numbers numbers, double l2, Bug bug, Random random) {
        this.seed = seed;
        this.kind = kind;
        this.start = start;
        this.numbers = numbers;
        this.l2 = l2;
        this.bug = bug;
        this.data = data;
        this.y = isBinary() ? Arrays.stream(data.y).map(c -> c >= 1 + (seed % 2) ? 1 : 0).toArray() : data.y;
        this.k = isBinary() ? 1 : Arrays.stream(y).max().orElseThrow() + 1;
        int d = data.x[0].length;
        this.blocks = isDeep() ? blocks(new String[] {"W1", "b1", "W2", "b2"}, new long[][] {{d, HIDDEN}, {HIDDEN}, {HIDDEN,
                k}, {k}})
                : blocks(new String[] {"W", "b"}, new long[][] {{d, k}, {k}});
        this.pass = new ForwardPass(this);
        double[] w = drawn(random);
        this.weights = start == Start.TRAINED ? Minimiser.minimise(v -> pass.loss(v, Numbers.DOUBLE), v -> pass.gradient(v,
                null), w, spread(w.length),
                isBinary() || isDeep() ? 150 : 300) : w;
    }

    /** Draws a case of the given arithmetic and bug from the seed, with the frequencies that the method was worked out on. */
    static Case draw(long seed, Numbers numbers, Bug bug) {
        Random random = new Random(seed * 7919 + 1234);
        while (true) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            Data data = data(pick(random, 0.45, 0.3, 0.25));
            Start start = Start.values()[pick(random, 0.35, 0.2, 0.15, 0.2, 0.1)];
            double l2 = new double[] {0, 0, 0.01, 0.1}[random.nextInt(4)];
            if ((bug == Bug.L2_MISSING || bug == Bug.L2_DOUBLED) && l2 == 0) {
                l2 = 0.01;
            }
            if (bug == null || applies(bug, kind)) {
                return new Case(seed, kind, data, start, numbers, l2, bug, random);
            }
        }
    }

    static Case of(Kind kind, Start start, Numbers numbers, double l2, int data, long seed) {
        return new Case(seed, kind, data(data), start, numbers, l2, null, new Random(seed));
    }

    static boolean applies(Bug bug, Kind kind) {
        boolean deep = kind != Kind.LOGISTIC && kind != Kind.SOFTMAX;
        return switch (bug) {
            case ACTIVATION_OMITTED, OTHER_TENSOR -> deep;
            case RELU_NEGATIVE -> kind == Kind.RELU || kind == Kind.RELU_BINARY;
            case SQUARE_OMITTED -> kind == Kind.TANH || kind == Kind.TANH_BINARY || kind == Kind.SIGMOID;
            case TRANSPOSED -> kind != Kind.LOGISTIC;
            default -> true;
        };
    }

    boolean isBinary() {
        return kind == Kind.LOGISTIC || kind == Kind.TANH_BINARY || kind == Kind.RELU_BINARY;
    }

    boolean isDeep() {
        return kind != Kind.LOGISTIC && kind != Kind.SOFTMAX;
    }

    double loss(double[] w) {
        return pass.loss(w, numbers);
    }

    /** The gradient in double, with the bug of this case; the same bug at every point. */
    double[] claimed(double[] w) {
        return planted(w, pass.gradient(w, bug));
    }

    double[] right(double[] w) {
        return pass.gradient(w, null);
    }

    /** Loss and right gradient of named tensors. */
    double loss(Parameters w) {
        return loss(w.flatten().toDoubleVector());
    }

    Parameters right(Parameters w) {
        return w.like(right(w.flatten().toDoubleVector()));
    }

    private double[] planted(double[] w, double[] g) {
        Random random = new Random(seed + 77);
        int matrix = isDeep() && random.nextBoolean() ? 2 : 0;
        Part block = blocks.get(matrix);
        Part bias = blocks.get(isDeep() && random.nextBoolean() ? 3 : 1);
        int line = random.nextInt(block.rows());
        double factor = new double[] {-1, 0, 2}[random.nextInt(3)];
        int rank = random.nextInt(Math.max(1, g.length / 2));
        switch (bug == null ? Bug.MISSING_MEAN : bug) {
            case TRANSPOSED -> {
                double[] old = g.clone();
                block.entries().forEach(i -> {
                    int at = i - block.from();
                    g[i] = old[block.from() + at % block.rows() * block.columns() + at / block.rows()];
                });
            }
            case BIAS_MISSING -> bias.entries().forEach(i -> g[i] = 0);
            case ROW -> block.entries().filter(i -> (i - block.from()) / block.columns() == line).forEach(i -> g[i] *= factor);
            case OTHER_TENSOR -> {
                Part from = blocks.get(3);
                blocks.get(1).entries().forEach(i -> g[i] = g[from.from() + (i - blocks.get(1).from()) % from.size()]);
            }
            case ENTRY_1, ENTRY_2, ENTRY_3, ENTRY_4, ENTRY_5 -> {
                double[] here = pass.gradient(weights, null);
                int entry = IntStream.range(0, g.length).boxed().sorted((a, b) -> Double.compare(Math.abs(here[b]),
                        Math.abs(here[a])))
                        .skip(rank).findFirst().orElseThrow();
                g[entry] *= 1 + Math.pow(10, -(bug.ordinal() - Bug.ENTRY_1.ordinal() + 1));
            }
            default -> {
            }
        }
        return g;
    }

    /** How large the planted error is: ||g - g0|| / (||g|| + ||g0||). */
    double planted() {
        double[] g = claimed(weights);
        double[] g0 = right(weights);
        double size = Inside.norm(g) + Inside.norm(g0);
        return size == 0 ? 0 : Inside.norm(IntStream.range(0, g.length).mapToDouble(i -> g[i] - g0[i]).toArray()) / size;
    }

    /** The check on the flat arrays, as a model or a function would be checked; null where the loss is not finite at the weights. */
    GradientReport check(boolean everyParameter) {
        return Inside.check(this::loss, this::claimed, weights, blocks, everyParameter, seed, data.x.length);
    }

    /** The weights as named tensors. */
    Parameters tensors() {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        blocks.forEach(b -> tensors.put(b.name(), Nd4j.create(Arrays.copyOfRange(weights, b.from(), b.to()), b.shape(), 'c')));
        return new Parameters(tensors);
    }

    @Override
    public String toString() {
        return kind + " " + data.name + " " + start + " " + numbers + " l2 " + l2 + " bug " + bug + " seed " + seed;
    }

    private static List<Part> blocks(String[] names, long[][] shapes) {
        List<Part> blocks = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < names.length; i++) {
            int size = (int) Arrays.stream(shapes[i]).reduce(1, (a, b) -> a * b);
            blocks.add(new Part(names[i], shapes[i], from, from + size));
            from += size;
        }
        return blocks;
    }

    /** One over the spread of the feature that a weight of the first layer belongs to. */
    private double[] spread(int n) {
        double[] scale = new double[n];
        Arrays.fill(scale, 1);
        blocks.get(0).entries().forEach(i -> scale[i] = 1 / deviation(i / blocks.get(0).columns()));
        return scale;
    }

    private double deviation(int column) {
        double mean = Arrays.stream(data.x).mapToDouble(row -> row[column]).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(data.x).mapToDouble(row -> Math.pow(row[column] - mean,
                2)).average().orElseThrow());
        return deviation == 0 ? 1 : deviation;
    }

    private double[] drawn(Random random) {
        int n = blocks.get(blocks.size() - 1).to();
        double[] w = new double[n];
        double[] spread = spread(n);
        for (Part block : blocks) {
            boolean first = block == blocks.get(0);
            double size = first ? Math.sqrt(0.2) * (start == Start.LARGE ? 8 : 1)
                    : block.isMatrix() ? start == Start.LARGE ? 4 : 0.5 : start == Start.ZERO_BIAS ? 0 : 0.1;
            boolean rescaled = first && data.name.equals("badly scaled") && start != Start.ZERO_BIAS;
            block.entries().forEach(i -> w[i] = random.nextGaussian() * size * (rescaled ? spread[i] : 1));
        }
        return start == Start.ZERO ? new double[n] : w;
    }

    private static int pick(Random random, double... shares) {
        double u = random.nextDouble();
        int i = 0;
        for (double sum = shares[0]; i < shares.length - 1 && u > sum; sum += shares[++i]) {
        }
        return i;
    }

    private static Data data(int which) {
        return DATA.computeIfAbsent(List.of("iris", "digits", "badly scaled").get(which), name -> switch (which) {
            case 0 -> new Data(name, Datasets.iris().features().toDoubleMatrix(), Datasets.iris().classes());
            case 1 -> digits(name);
            default -> badlyScaled(name);
        });
    }

    /** 120 digits 0 to 4, each as 16 means of 2 x 2 pixels. */
    private static Data digits(String name) {
        Dataset all = Datasets.digits();
        double[][] pixels = all.features().toDoubleMatrix();
        int[] chosen = IntStream.range(0, all.size()).filter(i -> all.classes()[i] < 5).limit(120).toArray();
        double[][] x = Arrays.stream(chosen).mapToObj(i -> IntStream.range(0, 16).mapToDouble(p -> {
            int corner = p / 4 * 16 + p % 4 * 2;
            return (pixels[i][corner] + pixels[i][corner + 1] + pixels[i][corner + 8] + pixels[i][corner + 9]) / 4;
        }).toArray()).toArray(double[][]::new);
        return new Data(name, x, Arrays.stream(chosen).map(i -> all.classes()[i]).toArray());
    }

    /** Six normal features, then stretched by 1e-3 to 1e4; the classes follow a noisy linear rule. */
    private static Data badlyScaled(String name) {
        Random random = new Random(5);
        double[][] rule = new double[6][3];
        Arrays.stream(rule).forEach(row -> Arrays.setAll(row, j -> random.nextGaussian()));
        double[][] x = new double[90][6];
        int[] y = new int[90];
        for (int i = 0; i < x.length; i++) {
            double[] row = x[i];
            Arrays.setAll(row, j -> random.nextGaussian());
            double[] score = IntStream.range(0, 3).mapToDouble(c -> 0.5 * random.nextGaussian()
                    + IntStream.range(0, 6).mapToDouble(j -> row[j] * rule[j][c]).sum()).toArray();
            y[i] = IntStream.range(0, 3).reduce((a, b) -> score[b] > score[a] ? b : a).orElseThrow();
            Arrays.setAll(row, j -> row[j] * Math.pow(10, -3 + 7.0 * j / 5));
        }
        return new Data(name, x, y);
    }
}
