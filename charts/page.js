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

  // What lies behind the numbers. Records are written as text, never as markup.
  var archive = JSON.parse(document.getElementById('records').textContent);

  function make(tag, text, className) {
    var element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  // Columns that are empty in every row are left out.
  function recordsTable(columns, rows, name) {
    var table = make('table'), head = make('tr'), body = make('tbody');
    var filled = columns.map(function (_, i) { return rows.some(function (row) { return row[i] !== ''; }); });
    table.setAttribute('aria-label', name);
    columns.forEach(function (title, i) {
      if (!filled[i]) return;
      var cell = make('th', title);
      cell.scope = 'col';
      head.append(cell);
    });
    rows.forEach(function (row) {
      var line = make('tr');
      row.forEach(function (text, i) { if (filled[i]) line.append(make('td', text, text.length > 24 ? 'wordy' : '')); });
      body.append(line);
    });
    table.append(make('thead'), body);
    table.tHead.append(head);
    var scroll = make('div', undefined, 'scroll');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', name);
    scroll.append(table);
    return scroll;
  }

  // list shows the records behind one row of a table, or behind all (row -1).
  function list(box, row, name) {
    var of = archive.behind[box.dataset.of], form = archive.forms[of.form], chosen = [], seen = {};
    of.records.forEach(function (record, i) {
      if (row >= 0 && of.of[i] !== row || seen[record]) return;
      seen[record] = true;
      chosen.push(form.rows[record]);
    });
    var all = row < 0 ? of.all : of.counts[row], words = (row < 0 ? '全部' : '“' + name + '”的') + all + '条记录';
    if (chosen.length < all) words += '，这里列出' + chosen.length + '条；全部记录请运行 workreport explain ' + box.dataset.of;
    var status = make('p', words + '。', 'status-line');
    status.tabIndex = -1;
    box.replaceChildren(status);
    if (row >= 0) {
      var every = make('button', '显示全部');
      every.type = 'button';
      every.addEventListener('click', function () { list(box, -1).focus(); });
      status.append(every);
    }
    box.append(recordsTable(form.columns, chosen, words));
    return status;
  }

  document.querySelectorAll('.records').forEach(function (details) {
    var boxes = details.querySelectorAll('.rows');
    details.addEventListener('toggle', function () {
      boxes.forEach(function (box) {
        if (details.open && !box.querySelector('table')) list(box, -1);
      });
    });
    var figure = details.closest('figure');
    if (!figure) return;
    figure.querySelectorAll('.data tbody th').forEach(function (cell, row) {
      if (!archive.behind[boxes[0].dataset.of].counts[row]) return;
      var button = make('button', cell.textContent), name = cell.textContent;
      button.type = 'button';
      button.title = '查看背后的记录';
      button.addEventListener('click', function () {
        details.open = true;
        list(boxes[0], row, name).focus();
      });
      cell.replaceChildren(button);
    });
  });

  // Paper has every table. Browsers that know ::details-content need no help.
  var opened = [];
  window.addEventListener('beforeprint', function () {
    opened = Array.prototype.filter.call(document.querySelectorAll('.data'), function (details) { return !details.open; });
    opened.forEach(function (details) { details.open = true; });
  });
  window.addEventListener('afterprint', function () {
    opened.forEach(function (details) { details.open = false; });
  });
  document.documentElement.dataset.charts = 'live';
})();
