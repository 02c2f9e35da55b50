package dev.atelier.local.cluster;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** The resource of the test operator. */
@Group("test.atelier.dev")
@Version("v1")
public class Easel extends CustomResource<Easel.Spec, Easel.Status> implements Namespaced {
  private static final long serialVersionUID = 1L;

  public record Spec(String colour) {}

  public record Status(String colour) {}

  static Easel named(String name, String colour) {
    Easel easel = new Easel();
    easel.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("default").build());
    easel.setSpec(new Spec(colour));
    return easel;
  }
}
