package crowd.bench.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of our own for {@code localhost}, and bundles in which it stands beside those that
 * everybody trusts: to read them is a part of a first call.
 *
 * @param keys its key, for the server
 * @param javaBundle for the JVM's own TLS
 * @param pemBundle for TLS outside of Java
 */
public record Certificate(Path keys, Path javaBundle, Path pemBundle) {

  private static final String PASSWORD = "changeit";
  private static final List<Path> SYSTEM_BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/cert.pem"));

  public static Certificate in(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var made =
        new Certificate(
            folder.resolve("keys.p12"),
            folder.resolve("trusted.p12"),
            folder.resolve("trusted.pem"));
    for (var file : List.of(made.keys, made.javaBundle, made.pemBundle)) {
      Files.deleteIfExists(file);
    }
    made.make();
    return made;
  }

  private void make() throws IOException, InterruptedException {
    keytool(
        keys,
        List.of(
            "-genkeypair -alias local -keyalg RSA -keysize 2048 -dname CN=localhost -validity 3650",
            "-ext san=dns:localhost,ip:127.0.0.1 -ext bc:critical=ca:true"));
    var pem = keytool(keys, List.of("-exportcert -rfc -alias local"));
    Files.writeString(pemBundle, pem);
    var imported = Files.writeString(keys.resolveSibling("local.pem"), pem);
    Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), javaBundle);
    keytool(javaBundle, List.of("-importcert -noprompt -alias local -file " + imported));
    for (var bundle : SYSTEM_BUNDLES) {
      if (Files.exists(bundle)) {
        Files.writeString(pemBundle, Files.readString(bundle), StandardOpenOption.APPEND);
        return;
      }
    }
  }

  private static String keytool(Path store, List<String> words)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(System.getProperty("java.home") + "/bin/keytool");
    words.forEach(some -> command.addAll(List.of(some.split(" ", -1))));
    command.addAll(
        List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-keypass", PASSWORD));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    return said;
  }

  SSLContext context() throws IOException {
    try (var in = Files.newInputStream(keys)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
