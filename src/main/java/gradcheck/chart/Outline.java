package gradcheck.chart;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import org.knowm.xchart.style.markers.Marker;

/** A mark that XChart lacks: a ring, around a cross or for an exact zero, or a bold cross. */
final class Outline extends Marker {
    private final boolean ring;

    Outline(boolean ring) {
        this.ring = ring;
    }

    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
        double half = size / 2.0;
        g.setStroke(Plot.stroke(1.8f));
        if (ring) {
            g.draw(new Ellipse2D.Double(x - size, y - size, 2 * size, 2 * size));
        } else {
            g.draw(new Line2D.Double(x - half, y - half, x + half, y + half));
            g.draw(new Line2D.Double(x - half, y + half, x + half, y - half));
        }
    }
}
