package gradcheck;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.cycle_detection.CycleDetector;
import com.tngtech.archunit.library.cycle_detection.Edge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom: a ground floor, four rooms above it, one way through them, and no circles inside a room. Nested classes
 * are part of the class around them. ArchUnit reads what the class files do; a constant of another class, which the compiler
 * copies, has left but its name in them, which jdeps reads.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {
    /** From the ground up: each may use those before it. */
    private static final List<String> ROOMS = List.of("base", "data", "model", "check", "chart");
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("gradcheck");
    private static final Collection<Use> USES = both(uses(LIBRARY), usesByName("target/classes"));

    /** A top-level class that uses another one, by its full name, and an example of where. */
    private record Use(String from, String to, String where) implements Edge<String> {
        @Override
        public String getOrigin() {
            return from;
        }

        @Override
        public String getTarget() {
            return to;
        }

        @Override
        public String toString() {
            return from.replaceAll(".*\\.", "") + " -> " + to.replaceAll(".*\\.", "") + ": " + where;
        }
    }

    static List<String> rooms() {
        return ROOMS;
    }

    @Test
    void every_class_has_its_room() {
        assertThat(LIBRARY.stream().map(each -> each.getPackageName()).distinct())
                .containsExactlyInAnyOrderElementsOf(ROOMS.stream().map(room -> "gradcheck." + room).toList());
    }

    @Test
    void no_room_knows_a_room_above_it() {
        assertThat(USES.stream().filter(use -> floor(use.from()) < floor(use.to()))).isEmpty();
        assertThat(USES.stream().filter(use -> floor(use.from()) > floor(use.to()))).as("uses of a room below").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void no_classes_of_a_room_run_in_a_circle(String room) {
        List<List<Use>> cycles = cycles(USES.stream().filter(use -> room(use.from()).equals(room) && room(use.to()).equals(room)).toList());
        assertThat(cycles).as("cycles in %s", room).isEmpty();
    }

    @Test
    void a_circle_is_noticed_be_it_through_a_nested_class_or_a_copied_constant() {
        Collection<Use> done = uses(new ClassFileImporter().importClasses(Hen.class, Hen.Nest.class, Egg.class, Chick.class));
        assertThat(cycles(done)).singleElement().asString().contains("Hen -> Egg: Field <gradcheck.Hen$Nest.egg>", "Egg -> Hen: Field");
        Collection<Use> named = usesByName("target/test-classes").stream()
                .filter(use -> use.from().matches(".*\\.(Hen|Egg|Chick)")).toList();
        assertThat(cycles(both(done, named))).hasSize(2).anySatisfy(cycle ->
                assertThat(cycle).asString().contains("Egg -> Chick: Field", "Chick -> Egg: by name"));
    }

    private static String room(String topLevel) {
        return topLevel.split("\\.")[1];
    }

    private static int floor(String topLevel) {
        return ROOMS.indexOf(room(topLevel));
    }

    private static List<List<Use>> cycles(Collection<Use> uses) {
        Set<String> classes = uses.stream().flatMap(use -> Stream.of(use.from(), use.to())).collect(Collectors.toSet());
        return CycleDetector.detectCycles(classes, uses).stream().map(cycle -> cycle.getEdges()).toList();
    }

    private static Collection<Use> uses(JavaClasses classes) {
        return both(classes.stream().flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> classes.contain(dependency.getTargetClass().getName()))
                .map(dependency -> new Use(topLevel(dependency.getOriginClass().getName()), topLevel(dependency.getTargetClass().getName()),
                        dependency.getDescription())).toList(), List.of());
    }

    /** Uses of gradcheck's own classes in a folder, by what jdeps prints: {@code gradcheck.a.A -> gradcheck.b.B  folder}. */
    private static Collection<Use> usesByName(String folder) {
        StringWriter printed = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(printed), new PrintWriter(printed),
                "-verbose:class", "-filter:none", "-e", "gradcheck\\..*", folder);
        assertThat(status).as(printed.toString()).isZero();
        return both(List.of(), Pattern.compile("(gradcheck\\S+) +-> (gradcheck\\S+)").matcher(printed.toString()).results()
                .map(found -> new Use(topLevel(found.group(1)), topLevel(found.group(2)), "by name")).toList());
    }

    private static String topLevel(String name) {
        return name.replaceAll("\\$.*", "");
    }

    /** One use of each class by another, in order; the first example counts. */
    private static Collection<Use> both(Collection<Use> uses, Collection<Use> more) {
        Map<String, Use> found = new TreeMap<>();
        Stream.concat(uses.stream(), more.stream()).filter(use -> !use.from().equals(use.to()))
                .forEach(use -> found.putIfAbsent(use.from() + ' ' + use.to(), use));
        return found.values();
    }
}

/** Knows the egg by way of its nest. */
class Hen {
    static class Nest {
        Egg egg;
        Hen owner;
    }
}

/** Knows the hen, and the chick. */
record Egg(Hen mother, Chick inside) {
    static final int DAYS = 21;
}

/** Knows the egg, but has copied what it knows. */
class Chick {
    int days = Egg.DAYS;
}
