package io.esp4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadQuotedFields() throws IOException {
        assertEquals(
                List.of(new Requirement("R1", "MUST", "one, \"two\"", ""), new Requirement("R2", "MAY", "x", "y")),
                read("id,level,title,limit", "R1,MUST,\"one, \"\"two\"\"\",", "R2,MAY,x,y"));
    }

    @Test
    void shouldRefuseOtherTables() {
        assertThrows(IllegalArgumentException.class, () -> read("id,title"));
        assertThrows(IllegalArgumentException.class, () -> read("id,level,title,limit", "R1,MUST,one"));
        assertThrows(IllegalArgumentException.class, () -> read("id,level,title,limit", "R1,MUST,a,", "R1,MUST,b,"));
    }

    private List<Requirement> read(String... lines) throws IOException {
        return Requirement.read(Files.write(folder.resolve("requirements.csv"), List.of(lines)));
    }
}
