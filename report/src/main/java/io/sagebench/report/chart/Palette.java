package io.sagebench.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Which colour belongs to which name. The policies that ship have one each, the same in every chart of every report; other names get those that are
/// left, in the order in which they come. The first eight are those of Okabe and Ito (Color Universal Design, 2008), with purple for yellow, which
/// white paper swallows; they can be told apart by those who do not see all colours.
public final class Palette {
    private static final Map<String, Integer> FIXED = fixed();
    private static final int[] OTHERS = {
        0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0x6A3D9A, 0x4D4D4D, 0x8C564B, 0x17868F, 0xB2182B, 0x4D9221
    };
    private static final double DARK_MIX = 0.35;

    private final Map<String, Integer> colours = new LinkedHashMap<>();

    /// @param names those in a report, in their order
    public Palette(List<String> names) {
        for (String name : names) {
            if (FIXED.containsKey(name)) {
                colours.put(name, FIXED.get(name));
            }
        }
        int next = 0;
        for (String name : names) {
            if (!colours.containsKey(name)) {
                int tried = 0;
                while (tried < OTHERS.length && colours.containsValue(OTHERS[next % OTHERS.length])) {
                    next++;
                    tried++;
                }
                colours.put(name, OTHERS[next++ % OTHERS.length]);
            }
        }
    }

    private static Map<String, Integer> fixed() {
        var fixed = new LinkedHashMap<String, Integer>();
        fixed.put("fifo", 0x0072B2);
        fixed.put("priority", 0xE69F00);
        fixed.put("slo_aware", 0x009E73);
        fixed.put("cost_optimized", 0xCC79A7);
        fixed.put("adaptive", 0x56B4E9);
        fixed.put("aegaeon", 0xD55E00);
        fixed.put("hybrid", 0x6A3D9A);
        fixed.put("hybrid_slo", 0x4D4D4D);
        fixed.put("random", 0x999999);
        fixed.put("round_robin", 0x8C564B);
        fixed.put("p2c", 0x17868F);
        fixed.put("prefix_aware", 0xB2182B);
        fixed.put("vtc", 0x4D9221);
        fixed.put("sjf_pred", 0xA6761D);
        fixed.put("epp_default", 0x2F4B7C);
        fixed.put("oracle_sjf", 0x8A8A3C);
        fixed.put("oracle_slo", 0x708090);
        return fixed;
    }

    /// The colour on a light ground, 24 bits of red, green and blue. A name that was not given has the colour of none: a middle grey.
    public int light(String name) {
        return colours.getOrDefault(name, 0x777777);
    }

    /// The same on a dark ground: lighter.
    public int dark(String name) {
        int colour = light(name);
        return mixed(colour >> 16 & 0xFF) << 16 | mixed(colour >> 8 & 0xFF) << 8 | mixed(colour & 0xFF);
    }

    private static int mixed(int part) {
        return (int) Math.round(part + (255 - part) * DARK_MIX);
    }

    /// As style sheets write it: `#0072b2`.
    public static String css(int colour) {
        return String.format(Locale.ROOT, "#%06x", colour);
    }
}
