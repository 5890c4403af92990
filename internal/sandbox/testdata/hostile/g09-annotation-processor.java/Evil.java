import java.util.Set;
import javax.annotation.processing.*;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Evil extends AbstractProcessor {
    static {
        System.err.println("the processor runs");
        try {
            java.nio.file.Files.writeString(java.nio.file.Path.of("/code/processed"), "x");
        } catch (java.io.IOException e) {
            System.err.println(e);
        }
    }
    @Override public boolean process(Set<? extends TypeElement> types, RoundEnvironment round) { return false; }
}
