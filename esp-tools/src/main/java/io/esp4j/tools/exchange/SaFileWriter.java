package io.esp4j.tools.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes SA files, leaving out what has its default. Stateless. */
final class SaFileWriter {
    private static final long DEFAULT_WINDOW = 64;

    private SaFileWriter() {}

    static String write(List<ForeignSa> sas) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            json.writeArrayFieldStart("securityAssociations");
            for (ForeignSa sa : sas) {
                write(json, sa);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, ForeignSa sa) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", sa.name());
        json.writeStringField("spi", sa.spi);
        json.writeStringField("mode", sa.mode);
        json.writeStringField("source", sa.source);
        json.writeStringField("destination", sa.destination);
        json.writeStringField("transform", sa.transform);
        json.writeStringField("key", sa.key);
        writeText(json, "integrityKey", sa.integrityKey.isEmpty() ? null : sa.integrityKey);
        if (sa.legacy) {
            json.writeBooleanField("legacy", true);
        }
        if (sa.esn) {
            json.writeBooleanField("esn", true);
        }
        if (sa.replayWindow != DEFAULT_WINDOW) {
            json.writeNumberField("replayWindow", sa.replayWindow);
        }
        if (sa.sequence != 0) {
            json.writeStringField("sequence", "0x" + Long.toHexString(sa.sequence));
        }
        writePorts(json, sa);
        writeSelector(json, sa);
        writeLifetime(json, sa);
        writeNumber(json, "tfc", sa.tfc);
        json.writeEndObject();
    }

    private static void writePorts(JsonGenerator json, ForeignSa sa) throws IOException {
        if (sa.destinationPort != 0) {
            json.writeObjectFieldStart("udpEncapsulation");
            json.writeNumberField("sourcePort", sa.sourcePort);
            json.writeNumberField("destinationPort", sa.destinationPort);
            json.writeEndObject();
        }
    }

    private static void writeSelector(JsonGenerator json, ForeignSa sa) throws IOException {
        if (sa.selectorSource != null || sa.selectorDestination != null || sa.selectorProtocol != null) {
            json.writeObjectFieldStart("selector");
            writeText(json, "source", sa.selectorSource);
            writeText(json, "destination", sa.selectorDestination);
            writeText(json, "protocol", sa.selectorProtocol);
            writeText(json, "sourcePort", sa.selectorSourcePort);
            writeText(json, "destinationPort", sa.selectorDestinationPort);
            json.writeEndObject();
        }
    }

    private static void writeLifetime(JsonGenerator json, ForeignSa sa) throws IOException {
        if ((sa.softPackets | sa.hardPackets | sa.softOctets | sa.hardOctets | sa.softSeconds | sa.hardSeconds) != 0) {
            json.writeObjectFieldStart("lifetime");
            writeNumber(json, "softPackets", sa.softPackets);
            writeNumber(json, "hardPackets", sa.hardPackets);
            writeNumber(json, "softOctets", sa.softOctets);
            writeNumber(json, "hardOctets", sa.hardOctets);
            writeNumber(json, "softSeconds", sa.softSeconds);
            writeNumber(json, "hardSeconds", sa.hardSeconds);
            json.writeEndObject();
        }
    }

    private static void writeText(JsonGenerator json, String field, String text) throws IOException {
        if (text != null) {
            json.writeStringField(field, text);
        }
    }

    private static void writeNumber(JsonGenerator json, String field, long number) throws IOException {
        if (number != 0) {
            json.writeNumberField(field, number);
        }
    }
}
