package gradcheck.chart;

import static gradcheck.chart.Axis.Kind.LINEAR;
import static gradcheck.chart.Axis.Kind.WHOLE;

import gradcheck.chart.Plot.Draw;
import gradcheck.model.Progress;
import gradcheck.model.Training;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** The picture of a training that may still go on: colours tell loss from accuracy, dashes training from held-out data. */
final class TrainingChart {
    private final double[] epochs;
    private final Axis loss = new Axis(LINEAR, "loss").include(0);
    private final Axis accuracy = new Axis(LINEAR, "accuracy (share of rows)").include(0, 1);
    private final Plot plot;

    private TrainingChart(String title, Progress progress) {
        epochs = IntStream.rangeClosed(0, progress.done()).asDoubleStream().toArray();
        plot = new Plot(title, new Axis(WHOLE, "epoch").include(0, progress.epochs()), loss);
    }

    static BufferedImage of(String title, Progress progress) {
        TrainingChart chart = new TrainingChart(title, progress);
        Training training = progress.training();
        Training heldOut = progress.heldOut();
        chart.add("loss, training", chart.loss, 0, Draw.LINE_AND_DOTS, training.losses());
        if (heldOut != null) {
            chart.add("loss, held out", chart.loss, 0, Draw.LINE_AND_RINGS, heldOut.losses());
        }
        chart.add("accuracy, training", chart.accuracy, 1, Draw.LINE_AND_DOTS, training.accuracies());
        if (heldOut != null) {
            chart.add("accuracy, held out", chart.accuracy, 1, Draw.LINE_AND_RINGS, heldOut.accuracies());
        }
        return chart.plot.image();
    }

    /** Adds a line with a mark at its last point, which alone is there before the first epoch. */
    private void add(String name, Axis axis, int colour, Draw draw, double[] values) {
        int last = values.length - 1;
        int dash = draw == Draw.LINE_AND_RINGS ? 1 : 0;
        plot.add(name, axis, colour, dash, draw, new double[] {epochs[last]}, new double[] {values[last]})
                .add(null, axis, colour, dash, Draw.LINE, epochs, values);
    }
}
