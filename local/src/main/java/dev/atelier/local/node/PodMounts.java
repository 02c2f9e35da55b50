package dev.atelier.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod's mounts: links below its root directory. They are writable even where the spec says not.
 */
final class PodMounts {
  private final Pod pod;
  private final PodFiles files;
  private final ConfigData data;
  private final Claims claims;

  PodMounts(Pod pod, PodFiles files, ConfigData data, Claims claims) {
    this.pod = pod;
    this.files = files;
    this.data = data;
    this.claims = claims;
  }

  /**
   * Makes the root directory anew, with everything that the container mounts.
   *
   * @throws PodNotReady if something it names is not there
   */
  void make(Container container) throws IOException {
    files.clear();
    Files.createDirectories(files.root());
    Path lastWords = files.inside(container.getTerminationMessagePath()).getParent();
    if (lastWords != null) {
      Files.createDirectories(lastWords);
    }
    Map<String, Path> sources = new LinkedHashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      sources.put(volume.getName(), source(volume));
    }
    List<VolumeMount> mounts =
        container.getVolumeMounts().stream()
            .sorted(Comparator.comparing(VolumeMount::getMountPath))
            .toList();
    for (VolumeMount mount : mounts) {
      link(mount, Optional.ofNullable(sources.get(mount.getName())));
    }
  }

  private void link(VolumeMount mount, Optional<Path> volume) throws IOException {
    Path source =
        volume.orElseThrow(
            () -> PodNotReady.mount(mount.getName(), "the pod has no volume of this name"));
    if (mount.getSubPath() != null && !mount.getSubPath().isEmpty()) {
      source = source.resolve(mount.getSubPath());
      if (!Files.exists(source)) {
        Files.createDirectories(source);
      }
    }
    Path target = files.inside(mount.getMountPath());
    Path parent = target.getParent();
    if (parent == null || target.equals(files.root())) {
      throw PodNotReady.mount(mount.getName(), "a volume cannot be mounted at /");
    }
    Files.createDirectories(parent);
    if (!parent.toRealPath().startsWith(files.folder().toRealPath())) {
      throw PodNotReady.mount(
          mount.getName(),
          "%s lies within the mount of a claim, which a workstation cannot offer"
              .formatted(mount.getMountPath()));
    }
    Files.createSymbolicLink(target, source.toAbsolutePath());
  }

  private Path source(Volume volume) throws IOException {
    if (volume.getPersistentVolumeClaim() != null) {
      return claim(volume);
    }
    if (volume.getHostPath() != null) {
      return Path.of(volume.getHostPath().getPath());
    }
    Path folder = Files.createDirectories(files.volumes().resolve(volume.getName()));
    if (volume.getConfigMap() != null) {
      var map = volume.getConfigMap();
      var entries = data.configMap(map.getName());
      write(volume, folder, entries, map.getItems(), map.getOptional(), "configmap", map.getName());
    } else if (volume.getSecret() != null) {
      var secret = volume.getSecret();
      var name = secret.getSecretName();
      var entries = data.secret(name);
      write(volume, folder, entries, secret.getItems(), secret.getOptional(), "secret", name);
    } else if (volume.getEmptyDir() == null) {
      throw PodNotReady.mount(
          volume.getName(),
          "a workstation offers configMap, secret, emptyDir, hostPath and persistentVolumeClaim only");
    }
    return folder;
  }

  private Path claim(Volume volume) throws IOException {
    String name = volume.getPersistentVolumeClaim().getClaimName();
    var claim = claims.find(pod, name);
    Path folder = claims.folder(pod.getMetadata().getNamespace(), name, claim);
    boolean named = !folder.startsWith(claims.volumes());
    if (named && !Files.isDirectory(folder)) {
      throw PodNotReady.mount(
          volume.getName(),
          "claim \"%s\" (its volume, or its annotation %s) names the folder %s, which does not exist"
              .formatted(name, Claims.PATH_ANNOTATION, folder));
    }
    return named ? folder : Files.createDirectories(folder);
  }

  private static void write(
      Volume volume,
      Path folder,
      Optional<Map<String, byte[]>> entries,
      List<KeyToPath> items,
      Boolean optional,
      String kind,
      String name)
      throws IOException {
    if (entries.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw PodNotReady.mount(volume.getName(), "%s \"%s\" not found".formatted(kind, name));
    }
    Map<String, byte[]> all = entries.orElseGet(Map::of);
    Map<String, byte[]> chosen = new LinkedHashMap<>();
    for (KeyToPath item : items) {
      byte[] value = all.get(item.getKey());
      if (value == null && !Boolean.TRUE.equals(optional)) {
        throw PodNotReady.mount(
            volume.getName(), "references non-existent %s key: %s".formatted(kind, item.getKey()));
      }
      if (value != null) {
        chosen.put(item.getPath(), value);
      }
    }
    for (var entry : (items.isEmpty() ? all : chosen).entrySet()) {
      Path file = folder.resolve(entry.getKey()).normalize();
      if (file.startsWith(folder) && file.getParent() != null) {
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
    }
  }
}
