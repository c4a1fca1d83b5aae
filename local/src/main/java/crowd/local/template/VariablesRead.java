package crowd.local.template;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which environment variables a handler asks for when Lambda makes it, read from its byte code:
 * what the constructor without arguments calls, and what that calls, down to the constants of the
 * class {@code Config}, which alone reads the environment.
 */
final class VariablesRead {

  private static final String FUNCTIONS = "crowd/functions/";
  private static final String CONFIG = FUNCTIONS + "Config";
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");

  /** Lambda sets these itself, and lets nobody else. */
  private static final String OF_LAMBDA = "AWS_";

  private record Method(String owner, String name, String type) {}

  private final Map<String, ClassModel> classes = new HashMap<>();
  private final Set<Method> seen = new HashSet<>();
  private final ArrayDeque<Method> waiting = new ArrayDeque<>();
  private final Set<String> found = new TreeSet<>();

  private VariablesRead() {}

  static Set<String> by(Class<?> handler) throws IOException {
    var read = new VariablesRead();
    read.reach(new Method(handler.getName().replace('.', '/'), "<init>", "()V"));
    while (!read.waiting.isEmpty()) {
      read.follow(read.waiting.remove());
    }
    return read.found;
  }

  private void reach(Method method) {
    if (method.owner.startsWith(FUNCTIONS) && seen.add(method)) {
      waiting.add(method);
    }
  }

  private void follow(Method method) throws IOException {
    for (var candidate : model(method.owner).methods()) {
      if (candidate.methodName().equalsString(method.name)
          && candidate.methodType().equalsString(method.type)) {
        candidate
            .code()
            .ifPresent(code ->
                code.forEach(element -> {
                  switch (element) {
                    case InvokeInstruction call ->
                        reach(
                            new Method(
                                call.owner().asInternalName(),
                                call.name().stringValue(),
                                call.type().stringValue()));
                    case ConstantInstruction constant -> constant(method, constant.constantValue());
                    default -> {}
                  }
                }));
      }
    }
  }

  private void constant(Method method, Object value) {
    if (method.owner.equals(CONFIG)
        && value instanceof String text
        && VARIABLE.matcher(text).matches()
        && !text.startsWith(OF_LAMBDA)) {
      found.add(text);
    }
  }

  private ClassModel model(String owner) throws IOException {
    var known = classes.get(owner);
    if (known != null) {
      return known;
    }
    try (var bytes = getClass().getClassLoader().getResourceAsStream(owner + ".class")) {
      if (bytes == null) {
        throw new IOException("no class file of " + owner);
      }
      var model = ClassFile.of().parse(bytes.readAllBytes());
      classes.put(owner, model);
      return model;
    }
  }
}
