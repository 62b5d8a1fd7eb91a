package gradcheck.check;

import gradcheck.check.Finding.Kind;

/**
 * A simple change of a claimed gradient that gives what was measured.
 *
 * @param one what it says of one tensor or part, such as {@code has the wrong sign}, and {@code many} of several
 */
record Law(Kind kind, String one, String many, String cure) {
    static Law of(Kind kind, String one, String many) {
        return new Law(kind, one, many, kind.cure());
    }

    Finding of(String names, boolean several) {
        return new Finding(kind, names + " " + (several ? many : one), cure);
    }
}
