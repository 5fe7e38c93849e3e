package graft.app.controls;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with ticks that people count by: 0.1, 0.2, 0.5, 1, 2, … JFreeChart's own say 10^-0.5. */
final class ReadableLogAxis extends LogAxis {
    private static final int MANY = 8;

    ReadableLogAxis(String label) {
        super(label);
    }

    /** 1, 2 and 5 times the powers of ten between two bounds; the powers alone where those are many. */
    static List<BigDecimal> ticks(double lower, double upper) {
        List<BigDecimal> all = new ArrayList<>();
        List<BigDecimal> powers = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(lower)); power <= Math.ceil(Math.log10(upper)); power++) {
            for (int digit : new int[] {1, 2, 5}) {
                BigDecimal tick = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
                if (tick.doubleValue() >= lower && tick.doubleValue() <= upper) {
                    all.add(tick);
                    if (digit == 1) {
                        powers.add(tick);
                    }
                }
            }
        }
        return all.size() > MANY ? powers : all;
    }

    @Override
    protected List<?> refreshTicksVertical(Graphics2D g2, Rectangle2D dataArea, RectangleEdge edge) {
        List<NumberTick> out = new ArrayList<>();
        for (BigDecimal tick : ticks(getRange().getLowerBound(), getRange().getUpperBound())) {
            out.add(new NumberTick(
                    tick.doubleValue(),
                    Numbers.local(tick.toPlainString()),
                    TextAnchor.CENTER_RIGHT,
                    TextAnchor.CENTER,
                    0));
        }
        return out;
    }
}
