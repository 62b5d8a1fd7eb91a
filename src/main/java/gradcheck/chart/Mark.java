package gradcheck.chart;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import org.knowm.xchart.style.markers.Marker;

/** A mark of a size of its own (XChart has one size for all), full or hollow: hollow ones stand for exact zeros. */
final class Mark extends Marker {
    private final Shape shape;
    private final double size;
    private final boolean full;

    enum Shape { CIRCLE, SQUARE, TRIANGLE, DIAMOND, CROSS }

    Mark(Shape shape, double size, boolean full) {
        this.shape = shape;
        this.size = size;
        this.full = full;
    }

    Mark hollow() {
        return new Mark(shape, size + 3, false);
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int sizeOfAll) {
        double r = size / 2;
        g.setStroke(Style.stroke(1.8f));
        java.awt.Shape drawn = switch (shape) {
            case CIRCLE -> new Ellipse2D.Double(x - r, y - r, size, size);
            case SQUARE -> path(x, y, -r, -r, r, -r, r, r, -r, r);
            case TRIANGLE -> path(x, y, 0, -1.2 * r, 1.1 * r, 0.9 * r, -1.1 * r, 0.9 * r);
            case DIAMOND -> path(x, y, 0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
            case CROSS -> path(x, y, -r, -r, r, r, 0, 0, -r, r, r, -r, 0, 0);
        };
        if (full) {
            g.fill(drawn);
        } else {
            g.draw(drawn);
        }
    }

    private static Path2D path(double x, double y, double... offsets) {
        Path2D path = new Path2D.Double();
        path.moveTo(x + offsets[0], y + offsets[1]);
        for (int i = 2; i < offsets.length; i += 2) {
            path.lineTo(x + offsets[i], y + offsets[i + 1]);
        }
        path.closePath();
        return path;
    }
}
