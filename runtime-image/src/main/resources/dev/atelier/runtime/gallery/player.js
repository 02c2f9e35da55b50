const videos = Array.from(document.querySelectorAll("video"));
for (const video of videos) {
  const partners = videos.filter(other => other !== video && other.dataset.clip === video.dataset.clip);
  video.addEventListener("play", () => {
    for (const partner of partners.filter(other => other.paused)) {
      partner.currentTime = video.currentTime;
      partner.play();
    }
  });
  video.addEventListener("pause", () => partners.forEach(partner => partner.pause()));
}
