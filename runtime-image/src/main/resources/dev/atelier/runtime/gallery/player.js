const videos = Array.from(document.querySelectorAll("video"));
const partners = video => videos
  .filter(other => other !== video)
  .filter(other => other.dataset.clip === video.dataset.clip);
for (const video of videos) {
  video.addEventListener("play", () => {
    for (const partner of partners(video).filter(other => other.paused)) {
      partner.currentTime = video.currentTime;
      partner.play();
    }
  });
  video.addEventListener("pause", () => partners(video).forEach(partner => partner.pause()));
}
