import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes out, in classes of a jar, what a JVM would make for them when it first passes: the code of
 * a switch over types, and of a record's equals and hashCode. Each costs a class that is made at
 * run time, and so a millisecond of a cold start, which no cache of classes spares it. All else
 * stays as it was compiled; so does toString, which is for people.
 */
final class CallSites {

  private static final String SWITCHES = "java.lang.runtime.SwitchBootstraps.typeSwitch";
  private static final String RECORDS = "java.lang.runtime.ObjectMethods.bootstrap";

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc HASH_OF_ONE =
      MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object);
  private static final MethodTypeDesc EQUALS_OF_TWO =
      MethodTypeDesc.of(
          ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

  /** What stands in place of a call site. */
  private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

  private final Map<String, byte[]> contents = new HashMap<>();
  private final ClassFile format =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(this::compiled)
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  private CallSites() {}

  /**
   * @param arguments the jar, which is replaced, and how the names of the classes begin
   */
  public static void main(String[] arguments) throws IOException {
    new CallSites().rewrite(Path.of(arguments[0]), arguments[1]);
  }

  private void rewrite(Path jar, String prefix) throws IOException {
    var rewritten = jar.resolveSibling(jar.getFileName() + ".rewritten");
    try (var in = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
      var entries = in.stream().toList();
      for (var entry : entries) {
        contents.put(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
      for (var entry : entries) {
        var name = entry.getName();
        var content = contents.get(name);
        var copy = new ZipEntry(name);
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        boolean isOurs = name.startsWith(prefix) && name.endsWith(".class");
        out.write(isOurs ? written(content) : content);
        out.closeEntry();
      }
    }
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private ByteArrayInputStream compiled(ClassDesc type) {
    var descriptor = type.descriptorString();
    var found = contents.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
    return found == null ? null : new ByteArrayInputStream(found);
  }

  /** The class with methods of its own in place of its call sites. */
  private byte[] written(byte[] compiled) {
    var model = format.parse(compiled);
    var self = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    var methods = new ArrayList<Method>();
    CodeTransform sites =
        (code, element) -> {
          if (element instanceof InvokeDynamicInstruction site) {
            var body = body(site, self);
            if (body.isPresent()) {
              var name = site.name().stringValue() + "$" + methods.size();
              methods.add(new Method(name, site.typeSymbol(), body.get()));
              code.invokestatic(self, name, site.typeSymbol(), isInterface);
              return;
            }
          }
          code.with(element);
        };
    var written =
        format.transformClass(
            model,
            ClassTransform.transformingMethodBodies(sites)
                .andThen(
                    ClassTransform.endHandler(type -> {
                      for (var method : methods) {
                        type.withMethodBody(
                            method.name(),
                            method.type(),
                            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                            method.body()::accept);
                      }
                    })));
    return methods.isEmpty() ? compiled : written;
  }

  /** Nothing for a call site that is to stay. */
  private static Optional<Consumer<CodeBuilder>> body(
      InvokeDynamicInstruction site, ClassDesc self) {
    var bootstrap = site.bootstrapMethod();
    var owner = bootstrap.owner();
    var arguments = site.bootstrapArgs();
    var method =
        owner.packageName() + "." + owner.displayName() + "." + bootstrap.methodName();
    if (method.equals(SWITCHES) && arguments.stream().allMatch(CallSites::isType)) {
      return Optional.of(code -> choose(code, arguments));
    }
    if (method.equals(RECORDS) && site.name().equalsString("hashCode")) {
      return Optional.of(code -> hash(code, self, components(arguments)));
    }
    if (method.equals(RECORDS) && site.name().equalsString("equals")) {
      return Optional.of(code -> compare(code, self, components(arguments)));
    }
    return Optional.empty();
  }

  private static boolean isType(ConstantDesc label) {
    return label instanceof ClassDesc type && !type.isPrimitive();
  }

  /** Those of a record, behind its class and their names. */
  private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
    return arguments.subList(2, arguments.size()).stream()
        .map(DirectMethodHandleDesc.class::cast)
        .toList();
  }

  /**
   * Of an object and a number: the first case from that number on whose type the object has; as
   * many as there are if none, -1 for null.
   */
  private static void choose(CodeBuilder code, List<ConstantDesc> types) {
    var some = code.newLabel();
    code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
    for (int i = 0; i < types.size(); i++) {
      var next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) types.get(i)).ifeq(next).loadConstant(i).ireturn();
      code.labelBinding(next);
    }
    code.loadConstant(types.size()).ireturn();
  }

  private static void hash(
      CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> components) {
    code.iconst_0();
    for (var component : components) {
      var type = component.invocationType().returnType();
      code.bipush(31).imul().aload(0).getfield(self, component.methodName(), type);
      if (type.isPrimitive()) {
        code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", HASH_OF_ONE);
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static void compare(
      CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> components) {
    var yes = code.newLabel();
    var no = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(yes);
    code.aload(1).instanceOf(self).ifeq(no).aload(1).checkcast(self).astore(2);
    for (var component : components) {
      var type = component.invocationType().returnType();
      code.aload(0).getfield(self, component.methodName(), type);
      code.aload(2).getfield(self, component.methodName(), type);
      if (type.isPrimitive()) {
        var two = MethodTypeDesc.of(ConstantDescs.CD_int, type, type);
        code.invokestatic(box(type), "compare", two).ifne(no);
      } else {
        code.invokestatic(OBJECTS, "equals", EQUALS_OF_TWO).ifeq(no);
      }
    }
    code.labelBinding(yes).iconst_1().ireturn().labelBinding(no).iconst_0().ireturn();
  }

  private static ClassDesc box(ClassDesc primitive) {
    var name =
        switch (primitive.displayName()) {
          case "int" -> "Integer";
          case "char" -> "Character";
          case String other -> other.substring(0, 1).toUpperCase(Locale.ROOT)
              + other.substring(1);
        };
    return ClassDesc.of("java.lang." + name);
  }
}
