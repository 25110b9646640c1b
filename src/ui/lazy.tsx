import { lazy, type Ref, Suspense } from 'react'
import type { TrendChartProps } from './charts/TrendChart.tsx'
import { SkeletonPanel } from './components/states.tsx'
import type { MapHandle, MapViewProps } from './map/map-types.ts'

// Map 295 kB and charts 180 kB (gzip) come only with the first page that shows one.
const LazyMap = lazy(() => import('./map/MapView.tsx').then(module => ({ default: module.MapView })))
const LazyTrend = lazy(() =>
  import('./charts/TrendChart.tsx').then(module => ({ default: module.TrendChart })),
)

export function MapView(props: MapViewProps & { ref?: Ref<MapHandle> }) {
  return (
    <Suspense fallback={<SkeletonPanel lines={8} />}>
      <LazyMap {...props} />
    </Suspense>
  )
}

export function TrendChart(props: TrendChartProps) {
  return (
    <Suspense fallback={<SkeletonPanel lines={4} />}>
      <LazyTrend {...props} />
    </Suspense>
  )
}
