package io.esp4j.tools;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms of the house: which module may use which, and no circles between packages. */
class ArchitectureTest {
    private static final Set<String> ENGINE = Set.of("esp-crypto", "esp-replay", "esp-core");
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "esp-replay", Set.of(),
            "esp-crypto", Set.of(),
            "esp-crypto-bouncycastle", Set.of("esp-crypto"),
            "esp-crypto-native", Set.of("esp-crypto"),
            "esp-core", Set.of("esp-crypto", "esp-replay"),
            "esp-pipeline", ENGINE,
            "esp-offload-sim", ENGINE,
            "esp-io", ENGINE,
            "esp-tools",
                    Set.of(
                            "esp-crypto",
                            "esp-crypto-bouncycastle",
                            "esp-crypto-native",
                            "esp-replay",
                            "esp-core",
                            "esp-offload-sim",
                            "esp-io"));

    /** A jar's name without its version, or the folders above target/classes. */
    private static final Pattern JAR = Pattern.compile(".*/(esp-[a-z-]+?)-[0-9][^/]*\\.jar!.*");

    private static final Pattern FOLDER =
            Pattern.compile(".*/(esp-[a-z-]+)(/api|/bouncycastle|/native)?/target/classes/.*");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("io.esp4j");
    }

    private static String module(JavaClass type) {
        String source = type.getSource().orElseThrow().getUri().toString();
        Matcher jar = JAR.matcher(source);
        if (jar.matches()) {
            return jar.group(1);
        }
        Matcher folder = FOLDER.matcher(source);
        assertTrue(folder.matches(), source);
        String part = folder.group(2);
        return folder.group(1) + (part == null || part.equals("/api") ? "" : part.replace('/', '-'));
    }

    @Test
    void shouldUseOnlyModulesThatArrowsLeadTo() {
        Set<String> found = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            String module = module(type);
            found.add(module);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                if (target.getPackageName().startsWith("io.esp4j")
                        && target.getSource().isPresent()) {
                    String used = module(target);
                    if (!used.equals(module) && !MAY_USE.get(module).contains(used)) {
                        wrong.add(module + " uses " + used + ": " + dependency.getDescription());
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(MAY_USE.keySet().containsAll(found), () -> "unknown modules in " + found);
        assertTrue(found.containsAll(ENGINE) && found.contains("esp-tools"), () -> "only " + found + " were looked at");
    }

    @Test
    void shouldHaveNoCirclesBetweenPackages() {
        SliceAssignment packages = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith("io.esp4j")
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
        slices().assignedFrom(packages).should().beFreeOfCycles().check(classes);
    }
}
