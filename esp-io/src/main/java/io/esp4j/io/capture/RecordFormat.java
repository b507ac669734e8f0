package io.esp4j.io.capture;

/** How records follow each other in one kind of file. */
sealed interface RecordFormat permits PcapFormat, PcapngFormat {
    /** Moves the view on to the next record, or returns false at the end of the file. */
    boolean next(CaptureRecord record) throws CaptureException;
}
