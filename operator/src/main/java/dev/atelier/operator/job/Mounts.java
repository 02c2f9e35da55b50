package dev.atelier.operator.job;

import dev.atelier.api.ModelSource;
import dev.atelier.api.ObjectSource;
import dev.atelier.api.PvcSource;
import dev.atelier.api.S3Source;
import dev.atelier.api.SecretRef;
import dev.atelier.api.StorageSpec;
import dev.atelier.stage.StoreLocation;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one pod has to mount while its stage file is written, and says where things are in
 * the container. Secrets are mounted, never read.
 */
public final class Mounts {

  private static final String STORAGE = "/artifacts";
  private static final String CREDENTIALS = "/etc/atelier-credentials/";

  private final StorageSpec storage;
  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final List<VolumeMount> mounts = new ArrayList<>();
  private final Set<URI> stores = new LinkedHashSet<>();

  /** Mounts of a pod that writes to the storage. */
  public Mounts(StorageSpec storage) {
    this.storage = storage;
  }

  /** Mounts the storage and says where it is. */
  public StoreLocation storage() {
    var bucket = storage.s3();
    if (bucket != null) {
      var url =
          bucket.prefix().isEmpty()
              ? "s3://" + bucket.bucket()
              : "s3://" + bucket.bucket() + "/" + bucket.prefix();
      return store(
          url,
          bucket.endpoint(),
          bucket.region(),
          credentials("storage", bucket.credentialsSecretRef()));
    }
    return claim(Objects.requireNonNull(storage.pvc()), STORAGE, false);
  }

  /**
   * Mounts a model.
   *
   * @param use names the credentials, such as {@code model}
   * @param path where a claim is mounted
   */
  public StoreLocation model(String use, ModelSource source, String path) {
    var image = source.image();
    if (image != null) {
      return StoreLocation.directory(image.path());
    }
    var s3 = source.s3();
    return s3 != null ? objects(use, s3) : claim(Objects.requireNonNull(source.pvc()), path, true);
  }

  /** Mounts input files. */
  public StoreLocation objects(String use, ObjectSource source, String path) {
    var s3 = source.s3();
    if (s3 != null) {
      return objects(use, s3);
    }
    var configMap = source.configMap();
    return configMap != null
        ? configMap(configMap.name(), path)
        : claim(Objects.requireNonNull(source.pvc()), path, true);
  }

  /** Mounts a ConfigMap, each key a file. */
  public StoreLocation configMap(String name, String path) {
    var volume =
        volumes.computeIfAbsent(
            "configmap/" + name,
            key ->
                new VolumeBuilder()
                    .withName("config-" + volumes.size())
                    .withNewConfigMap()
                    .withName(name)
                    .endConfigMap()
                    .build());
    mount(volume, path, true);
    return StoreLocation.directory(path);
  }

  /**
   * Mounts a secret's keys as files, if there is one.
   *
   * @param use names the directory, such as {@code captions}
   */
  public @Nullable String secret(String use, @Nullable SecretRef secret) {
    return credentials(use, secret);
  }

  /** Lets the pod talk to another server than its stores. */
  public void server(String url) {
    stores.add(URI.create(url));
  }

  List<Volume> volumes() {
    return List.copyOf(volumes.values());
  }

  List<VolumeMount> volumeMounts() {
    return List.copyOf(mounts);
  }

  /** The object stores that were mounted, and other servers, each once. */
  public List<URI> stores() {
    return List.copyOf(stores);
  }

  private StoreLocation objects(String use, S3Source source) {
    var bucket = storage.s3();
    var endpoint = source.endpoint();
    var region = source.region();
    if (bucket != null) {
      endpoint = endpoint == null ? bucket.endpoint() : endpoint;
      region = region == null ? bucket.region() : region;
    }
    return store(source.uri(), endpoint, region, credentials(use, source.credentialsSecretRef()));
  }

  private StoreLocation store(
      String url, @Nullable String endpoint, @Nullable String region, @Nullable String secret) {
    stores.add(URI.create(endpoint == null ? "https://s3.amazonaws.com" : endpoint));
    return new StoreLocation(url, endpoint, region, secret);
  }

  /** One volume for a claim, however often it is mounted: a pod may not ask for it twice. */
  private StoreLocation claim(PvcSource source, String path, boolean readOnly) {
    var volume =
        volumes.computeIfAbsent(
            "claim/" + source.claimName(),
            key ->
                new VolumeBuilder()
                    .withName("claim-" + volumes.size())
                    .withNewPersistentVolumeClaim()
                    .withClaimName(source.claimName())
                    .endPersistentVolumeClaim()
                    .build());
    mount(volume, path, readOnly);
    return StoreLocation.directory(source.path().isEmpty() ? path : path + "/" + source.path());
  }

  private @Nullable String credentials(String use, @Nullable SecretRef secret) {
    if (secret == null) {
      return null;
    }
    var volume =
        volumes.computeIfAbsent(
            "secret/" + secret.name(),
            key ->
                new VolumeBuilder()
                    .withName("secret-" + volumes.size())
                    .withNewSecret()
                    .withSecretName(secret.name())
                    .endSecret()
                    .build());
    mount(volume, CREDENTIALS + use, true);
    return CREDENTIALS + use;
  }

  private void mount(Volume volume, String path, boolean readOnly) {
    if (mounts.stream().anyMatch(mount -> mount.getMountPath().equals(path))) {
      return;
    }
    mounts.add(
        new VolumeMountBuilder()
            .withName(volume.getName())
            .withMountPath(path)
            .withReadOnly(readOnly ? true : null)
            .build());
  }
}
