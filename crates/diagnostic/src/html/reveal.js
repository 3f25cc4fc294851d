document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  const all = document.getElementById("show-all");
  if (target && all && target.getClientRects().length === 0) all.checked = true;
});
