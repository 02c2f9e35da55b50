package dev.atelier.e2e;

/** The stories on a real control plane. */
@OnKubernetes
final class KubernetesStoriesTest extends PortraitStories {

  private final TestCluster cluster;

  KubernetesStoriesTest(TestCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  ControlPlane start() {
    return KubernetesControlPlane.on(cluster);
  }
}
