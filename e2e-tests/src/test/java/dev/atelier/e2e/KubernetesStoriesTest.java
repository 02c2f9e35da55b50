package dev.atelier.e2e;

/** The stories on a real control plane of their own: their node and volumes are in nobody's way. */
@OnKubernetes
final class KubernetesStoriesTest extends PortraitStories {

  @Override
  ControlPlane start() {
    return KubernetesControlPlane.on(TestCluster.start());
  }
}
