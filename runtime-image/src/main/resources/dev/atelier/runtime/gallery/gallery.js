const dialog = document.querySelector("dialog");
const shots = Array.from(document.querySelectorAll(".shot"));
let shown = 0;
function show(index) {
  shown = (index + shots.length) % shots.length;
  const picture = shots[shown].querySelector("img");
  dialog.querySelector("img").src = picture.src;
  dialog.querySelector("img").alt = picture.alt;
  dialog.querySelector("p").textContent = picture.alt;
}
shots.forEach((shot, index) => shot.addEventListener("click", () => {
  show(index);
  dialog.showModal();
}));
dialog.addEventListener("keydown", event => {
  if (event.key === "ArrowRight") { show(shown + 1); }
  if (event.key === "ArrowLeft") { show(shown - 1); }
});
dialog.addEventListener("click", event => {
  if (event.target === dialog) { dialog.close(); }
});
dialog.addEventListener("close", () => shots[shown].focus());
