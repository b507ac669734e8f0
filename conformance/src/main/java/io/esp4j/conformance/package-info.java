/**
 * What the tests of all modules show, written as a page.
 *
 * <p>A test says in its display name which requirements it is about: the name begins with their ids. Surefire's reports carry those
 * names, {@link io.esp4j.conformance.SurefireReports} reads them, {@code docs/requirements.csv} says what the ids are and where
 * something is still missing, and {@link io.esp4j.conformance.ConformancePage} puts one line for each id on
 * {@code docs/conformance.md}. Nobody types that page.
 *
 * <p>The build compares the page of its own tests with the one that is committed ({@link io.esp4j.conformance.ConformanceCheck}): a
 * requirement that lost its tests fails the build, a test with another name does not.
 */
package io.esp4j.conformance;
