package io.esp4j.sad;

/** Adds entries whatever their SPI, for published packets with SPIs that are reserved. Stateless. */
public final class UncheckedSad {
    private UncheckedSad() {}

    /** To be called while nobody else changes the database. */
    public static <E extends SadEntry> void add(SecurityAssociationDatabase<E> database, E entry) {
        database.table(entry).add(entry);
    }
}
