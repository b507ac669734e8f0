package io.esp4j.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what surefire wrote about the tests of every module, display names included. Stateless. */
final class SurefireReports {
    private static final String PREFIX = "TEST-";
    private static final String SUFFIX = ".xml";

    private SurefireReports() {}

    /** {@return the tests below a project's root that begin with an id} */
    static List<ShownTest> read(Path root) throws IOException {
        List<ShownTest> tests = new ArrayList<>();
        for (Path report : reports(root)) {
            readInto(tests, report);
        }
        return tests;
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path module : children(root)) {
            found.addAll(reportsOf(module));
            for (Path nested : children(module)) {
                found.addAll(reportsOf(nested));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("no report of a test in the modules of " + root);
        }
        return found;
    }

    private static List<Path> reportsOf(Path module) throws IOException {
        Path folder = module.resolve("target/surefire-reports");
        return Files.isDirectory(folder) ? list(folder, PREFIX + "*" + SUFFIX) : List.of();
    }

    private static List<Path> children(Path folder) throws IOException {
        return list(folder, "[!.]*").stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(paths::add);
        }
        return paths;
    }

    private static void readInto(List<ShownTest> tests, Path report) throws IOException {
        String file = report.getFileName().toString();
        String qualified = file.substring(PREFIX.length(), file.length() - SUFFIX.length());
        String testClass = qualified.substring(qualified.lastIndexOf('.') + 1);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("testcase")) {
                    String name = xml.getAttributeValue(null, "name");
                    ShownTest.of(testClass, name, passed(xml)).ifPresent(tests::add);
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(report + ": " + e.getMessage(), e);
        }
    }

    /** Reads on to the end of a test: nothing in it says that it was skipped, failed or broke off. */
    private static boolean passed(XMLStreamReader xml) throws XMLStreamException {
        boolean passed = true;
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                passed &= !isVerdict(xml.getLocalName());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
        return passed;
    }

    private static boolean isVerdict(String element) {
        return element.equals("skipped") || element.equals("failure") || element.equals("error");
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
