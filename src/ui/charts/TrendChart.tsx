import { BarChart, LineChart } from 'echarts/charts'
import { AriaComponent, GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { type ECharts, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { trendOption } from './trend-option.ts'

use([LineChart, BarChart, GridComponent, TooltipComponent, MarkLineComponent, AriaComponent, CanvasRenderer])

export type TrendSeries = {
  name: string
  values: (number | null)[]
  /** A dashed line is a comparison: yesterday, the plan. */
  dashed?: boolean
  tone?: 'blue' | 'mark' | 'red' | 'amber' | 'green'
  bars?: boolean
}

export type TrendChartProps = {
  /** What the chart shows, in words: it is read aloud, with the table that stands for it. */
  label: string
  /** Along the bottom, already written: 08:00 or 11月3日 */
  at: string[]
  series: TrendSeries[]
  unit?: string
  theme?: 'desk' | 'night'
  height?: number
  /** A limit, drawn across. */
  limit?: { value: number; label: string }
}

/** Lines or bars over time. The same figures stand in a hidden table for readers. */
export function TrendChart(props: TrendChartProps) {
  const { label, at, series, unit, height = 240 } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  useEffect(() => {
    if (!box.current) return
    const made = init(box.current)
    chart.current = made
    const watch = new ResizeObserver(() => made.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(trendOption(props), { notMerge: true })
  })
  return (
    <figure className="fx-trend">
      <div ref={box} aria-hidden style={{ height }} />
      <table className="fx-hidden">
        <caption>{label}</caption>
        <thead>
          <tr>
            <td />
            {series.map(each => (
              <th key={each.name} scope="col">
                {each.name} {unit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {at.map((when, index) => (
            <tr key={when}>
              <th scope="row">{when}</th>
              {series.map(each => (
                <td key={each.name}>{each.values[index] ?? '—'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
