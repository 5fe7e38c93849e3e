package graft.app;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/**
 * A test of the window. Where JavaFX cannot draw text it is skipped and says what to install; {@code -Dgui.tests=required}
 * makes that a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({FxTest.Available.class, ApplicationExtension.class})
public @interface FxTest {

    /** Asks once per JVM whether JavaFX works, and clears up after each test. */
    final class Available implements ExecutionCondition, AfterEachCallback {
        private static Optional<String> problem;

        @Override
        public synchronized ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (problem == null) {
                problem = ask();
            }
            if (problem.isEmpty()) {
                return ConditionEvaluationResult.enabled("JavaFX starts");
            }
            if ("required".equals(System.getProperty("gui.tests"))) {
                throw new IllegalStateException(problem.get());
            }
            return ConditionEvaluationResult.disabled(problem.get());
        }

        private static Optional<String> ask() {
            try {
                System.setProperty("testfx.launch.timeout", "20000");
                FxToolkit.registerPrimaryStage();
                WaitForAsyncUtils.autoCheckException = false;
                double width = WaitForAsyncUtils.asyncFx(() -> {
                            Text text = new Text("x");
                            text.setFont(Font.font(12));
                            return text.getLayoutBounds().getWidth();
                        })
                        .get(20, TimeUnit.SECONDS);
                return width > 0
                        ? Optional.empty()
                        : Optional.of("JavaFX finds no font: apt-get install libpangoft2-1.0-0 fonts-dejavu-core");
            } catch (Exception | LinkageError e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                return Optional.of("JavaFX cannot start here (apt-get install libpangoft2-1.0-0): " + root);
            } finally {
                WaitForAsyncUtils.clearExceptions();
                WaitForAsyncUtils.autoCheckException = true;
            }
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            // Popups that outlive a test break the next test's drags.
            WaitForAsyncUtils.asyncFx(() -> new ArrayList<>(Window.getWindows()).forEach(Window::hide))
                    .get();
            forgetLastDrag();
        }

        /** Monocle keeps the window of the last mouse drag; a later drag-and-drop in another window then fails in it. */
        private static void forgetLastDrag() throws ReflectiveOperationException {
            Class<?> mouse;
            try {
                mouse = Class.forName("com.sun.glass.ui.monocle.MouseInput");
            } catch (ClassNotFoundException onAnotherPlatform) {
                return;
            }
            var instance = mouse.getDeclaredMethod("getInstance");
            instance.setAccessible(true);
            var field = mouse.getDeclaredField("dragView");
            field.setAccessible(true);
            field.set(instance.invoke(null), null);
        }
    }
}
