package gradcheck.check;

/** What a check concludes about a gradient. */
public enum Verdict {
    /** The gradient is that of the loss, to the error that the report certifies. */
    RIGHT("RIGHT"),
    /** The gradient is not that of the loss, at two points; the findings say where and why. */
    WRONG("WRONG"),
    /** The measurement does not decide; the findings say what stands in the way and what to change. */
    CANNOT_TELL("CANNOT TELL");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Returns the verdict in words, such as {@code CANNOT TELL}. */
    @Override
    public String toString() {
        return words;
    }
}
