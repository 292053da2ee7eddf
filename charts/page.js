(function () {
  'use strict';
  var index = document.querySelector('nav details');
  if (window.matchMedia('(max-width: 900px)').matches) index.open = false;

  // Settings that only a live chart needs. The tooltip is drawn, not written as
  // HTML, so that nothing in the records can become markup.
  function enliven(option, unit) {
    option.tooltip = Object.assign({}, option.tooltip, {
      renderMode: 'richText', confine: true, transitionDuration: 0,
      valueFormatter: function (value) {
        var number = Array.isArray(value) ? value[value.length - 1] : value;
        return number === '-' || number == null || number !== number ? '—' : number + unit;
      }
    });
    option.legend.selectedMode = false; // the sums of a stack would no longer be true
    return option;
  }

  document.querySelectorAll('.picture').forEach(function (box) {
    var stage = box.querySelector('.live'), chart = null, shown = '';
    function show() {
      var layout = box.clientWidth < 640 ? 'phone' : 'wide';
      if (chart && layout === shown) {
        chart.resize();
        return;
      }
      if (chart) chart.dispose();
      box.classList.add('alive');
      stage.style.height = (layout === 'phone' ? box.dataset.phoneHeight : box.dataset.height) + 'px';
      chart = echarts.init(stage, null, { renderer: 'svg', locale: 'ZH' });
      chart.setOption(enliven(JSON.parse(box.querySelector('script.' + layout).textContent), box.dataset.unit));
      shown = layout;
    }
    show();
    window.addEventListener('resize', show);
  });
  document.documentElement.dataset.charts = 'live';
})();
