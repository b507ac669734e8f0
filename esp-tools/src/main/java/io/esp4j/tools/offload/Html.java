package io.esp4j.tools.offload;

import java.util.Locale;

/** Text for a page. Stateless. */
final class Html {
    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Nanoseconds as microseconds. */
    static String micros(long nanos) {
        return format("%,.3f", nanos / 1000.0);
    }

    static String number(long sequence) {
        return "0x" + Long.toHexString(sequence);
    }

    /** A drawing that is as wide as the page allows, and scrolls where it is wider. */
    static String svg(int width, int height, String label, String content) {
        return format(
                "<div class=\"scroll\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                        + "viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg></div>\n",
                width, height, width, height, escape(label), content);
    }
}
