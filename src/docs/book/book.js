/* What scrolls sideways is reached with the keyboard, and a formula in a line that is wider than the page scrolls. */
function reach() {
  for (const formula of document.querySelectorAll('mjx-container:not([display])')) {
    const room = formula.closest('p, li, td, summary, div').clientWidth;
    formula.classList.toggle('wide', room > 0 && formula.getBoundingClientRect().width >= room);
  }
  for (const each of document.querySelectorAll('main pre, main div, mjx-container')) {
    if (each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX === 'auto') {
      each.tabIndex = 0;
    }
  }
}

window.addEventListener('load', () => window.MathJax ? MathJax.startup.promise.then(reach) : reach());
window.addEventListener('resize', reach);
document.addEventListener('toggle', reach, true);
