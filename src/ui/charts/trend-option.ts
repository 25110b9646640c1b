import type { EChartsCoreOption } from 'echarts/core'
import { formatNumber } from '../format.ts'
import { fontStack, type Palette, palettes } from '../tokens.ts'
import type { TrendChartProps, TrendSeries } from './TrendChart.tsx'

function seriesOption(each: TrendSeries, p: Palette, limit: TrendChartProps['limit']) {
  const colour = p[each.tone ?? 'blue']
  return {
    type: each.bars ? 'bar' : 'line',
    name: each.name,
    data: each.values,
    showSymbol: false,
    symbolSize: 6,
    barMaxWidth: 24,
    lineStyle: { color: colour, width: 1.6, type: each.dashed ? 'dashed' : 'solid' },
    itemStyle: { color: colour },
    // The name stands at the end of its line: no legend to look up.
    endLabel: { show: !each.bars, formatter: '{a}', color: colour, fontSize: 12 },
    labelLayout: { moveOverlap: 'shiftY' },
    ...(limit
      ? {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: p.red, type: 'dashed' },
            label: { formatter: limit.label, color: p.red, position: 'insideEndTop' },
            data: [{ yAxis: limit.value }],
          },
        }
      : {}),
  }
}

export function trendOption(props: TrendChartProps): EChartsCoreOption {
  const p = palettes[props.theme ?? 'desk']
  const unit = props.unit ? ` ${props.unit}` : ''
  return {
    animation: false,
    textStyle: { fontFamily: fontStack, fontSize: 12, color: p.text2 },
    grid: { left: 8, right: 72, top: 24, bottom: 8, containLabel: true },
    tooltip: {
      trigger: 'axis',
      // As HTML it would carry style attributes, which the policy of the page refuses.
      renderMode: 'richText',
      backgroundColor: p.panel,
      borderColor: p.edge,
      textStyle: { color: p.text, fontSize: 12 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? formatNumber(value) + unit : '—'),
    },
    xAxis: {
      type: 'category',
      data: props.at,
      boundaryGap: props.series.some(each => each.bars),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: p.edge } },
      axisLabel: { color: p.text2, fontSize: 12 },
    },
    yAxis: {
      type: 'value',
      name: props.unit,
      nameTextStyle: { color: p.text2, fontSize: 12, align: 'right' },
      minInterval: 1,
      splitLine: { lineStyle: { color: p.line } },
      axisLabel: { color: p.text2, fontSize: 12, formatter: (value: number) => formatNumber(value) },
    },
    series: props.series.map((each, index) => seriesOption(each, p, index === 0 ? props.limit : undefined)),
  }
}
