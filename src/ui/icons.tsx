/**
 * Our own line icons on a 20 grid, stroke 1.5. A path is a whole icon; `round` dots are drawn as
 * zero-length strokes. Icons beside words are hidden from readers; alone, they take a label.
 */
const paths = {
  // The rail
  situation: 'M2.5 5 7.5 3l5 2 5-2v12l-5 2-5-2-5 2ZM7.5 3v12M12.5 5v12',
  duty: 'M5 4h10v13.5H5ZM7.5 2.5h5V5h-5ZM7.5 9h5M7.5 12h5',
  people: 'M10 3a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 10 3ZM3.5 17c.3-3.4 2.9-5 6.5-5s6.2 1.6 6.5 5',
  posts:
    'M10 17.500S4.5 12.6 4.5 8a5.5 5.5 0 0 1 11 0c0 4.6-5.5 9.5-5.5 9.500ZM10 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z',
  roster: 'M3 4.500h14v12.500H3ZM3 8.500h14M7.7 8.500V17M12.3 8.500V17M3 12.700h14M6.5 2.500v2M13.5 2.500v2',
  check: 'M3 7V3.500h3.500M13.5 3.500H17V7M17 13v3.500h-3.500M6.5 16.500H3V13M5.5 10h9',
  tracing: 'M9 3a6 6 0 1 1 0 12A6 6 0 0 1 9 3ZM13.5 13.5 17.5 17.5',
  supplies: 'M10 2.5 16.5 6v8L10 17.5 3.5 14V6ZM3.5 6 10 9.7 16.5 6M10 9.700v7.8',
  inspection: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5ZM10 7.800a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.400Z',
  venues: 'M3 8 4.5 3.500h11L17 8M4 8v9h12V8M3 8h14M8 17v-5h4v5',
  services: 'M3 4h14v10H9.500L6 17v-3H3ZM6.5 9h.01M10 9h.01M13.5 9h.01',
  health: 'M2 10h3.500l2-5.5 4 11 2.5-5.500H18',
  honours:
    'M10 2.500a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.600ZM7.2 11.3 6 17.500l4-2 4 2-1.2-6.200M10 5.800a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z',
  reports: 'M4 17V9.500M10 17V3.500M16 17v-5M2.5 17h15',
  system: 'M2.5 6H8M12 6h5.500M12 4v4M2.5 14h3M9.5 14h8M9.5 12v4',
  // Actions
  search: 'M9 3.500a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM13 13l4 4',
  bell: 'M5 13.500V9a5 5 0 0 1 10 0v4.500l1.5 1.500h-13ZM8 17.500h4M10 4V2.5',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  tick: 'M4 10.5 8.2 14.5 16 5.5',
  download: 'M10 3v9.500M6 9l4 4 4-4M3.5 16.500h13',
  upload: 'M10 13V3.500M6 7l4-4 4 4M3.5 16.500h13',
  edit: 'M4 16l.8-3.500L13.5 3.800l2.7 2.700L7.5 15.200ZM11.8 5.500l2.7 2.7',
  trash: 'M3.5 5.500h13M8 5.500v-2h4v2M5 5.500l.8 11.500h8.400L15 5.500M8.5 8.500v5.500M11.5 8.500v5.5',
  fit: 'M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4',
  undo: 'M7 4 3.5 7.5 7 11M3.5 7.500H12a4.5 4.5 0 0 1 0 9H8',
  redo: 'M13 4l3.5 3.500L13 11M16.5 7.500H8a4.5 4.5 0 0 0 0 9h4',
  lock: 'M5 9h10v8H5ZM7 9V6.500a3 3 0 0 1 6 0V9M10 12v2',
  filter: 'M3 4h14l-5.5 6.500V16l-3 1.500v-7Z',
  columns: 'M3 4h14v12H3ZM7.7 4v12M12.3 4v12',
  down: 'M5 7.500l5 5 5-5',
  up: 'M5 12.500l5-5 5 5',
  left: 'M12.5 5l-5 5 5 5',
  right: 'M7.5 5l5 5-5 5',
  arrow: 'M3 10h13.500M12 5.500l4.5 4.5-4.5 4.5',
  file: 'M5 2.500h6.500l4 4v11H5ZM11.5 2.500v4h4',
  clock: 'M10 2.800a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.400ZM10 6v4.200h3.2',
  menu: 'M3 5h14M3 10h14M3 15h14',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  print: 'M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6Z',
  link: 'M8.5 11.500a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.200l-1 1M11.5 8.500a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.200l1-1',
  refresh: 'M16.5 10a6.5 6.5 0 1 1-2-4.700M16.5 3v3.500H13',
  camera: 'M3 6h3l1.5-2h5L14 6h3v10H3ZM10 8.300a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.400Z',
  drag: 'M7.5 5h.01M12.5 5h.01M7.5 10h.01M12.5 10h.01M7.5 15h.01M12.5 15h.01',
  info: 'M10 2.800a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.400ZM10 9v5M10 6.300h.01',
  polygon:
    'M4 6.5 13 3.500l3.5 7-5.5 6-6-3ZM4 6.500h.01M13 3.500h.01M16.5 10.500h.01M11 16.500h.01M5 13.500h.01',
  point: 'M10 17.500S4.5 12.6 4.5 8a5.5 5.5 0 0 1 11 0c0 4.6-5.5 9.5-5.5 9.500Z',
  // The phone
  today: 'M3.5 4.500h13v12.500h-13ZM3.5 8.500h13M7 2.500v3.500M13 2.500v3.5',
  shield: 'M10 2.5 16.5 4.500v5c0 4-2.8 6.8-6.5 8-3.7-1.2-6.5-4-6.5-8v-5ZM7 9.800l2.2 2.2 4-4.2',
  tasks: 'M7.5 5H17M7.5 10H17M7.5 15H17M3.5 5h.01M3.5 10h.01M3.5 15h.01',
  me: 'M10 3a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM3.5 17.500c0-3 2-4.5 4.5-4.500h4c2.5 0 4.5 1.5 4.5 4.5',
  siren:
    'M5.5 15v-4a4.5 4.5 0 0 1 9 0v4M3 15.500h14v2H3ZM10 3.500V2M4.5 5.500l-1-1M15.5 5.500l1-1M8 11a2 2 0 0 1 2-2',
  backspace: 'M7 4.500h10.500v11H7L2.5 10ZM10 8l4 4M14 8l-4 4',
  scan: 'M3 7V3.500h3.500M13.5 3.500H17V7M17 13v3.500h-3.500M6.5 16.500H3V13M5.5 10h9',
  send: 'M10 13.500V3.500M6.5 7 10 3.5 13.5 7M5 17h10',
  online: 'M2.5 8a11 11 0 0 1 15 0M5 11a7 7 0 0 1 10 0M7.5 13.700a3.5 3.5 0 0 1 5 0M10 16.500h.01',
  offline:
    'M2.5 8A11 11 0 0 1 8 5.300M11.5 5.100a11 11 0 0 1 6 2.900M5 11a7 7 0 0 1 3-1.800M13 9.600a7 7 0 0 1 2 1.400M7.5 13.700a3.5 3.5 0 0 1 5 0M10 16.500h.01M3 2.500l14 15',
  horn: 'M3 8v4h3l7 4V4L6 8ZM16 8v4',
  returned: 'M7.5 3.5 3.5 7.500l4 4M3.5 7.500H12a4.5 4.5 0 0 1 4.5 4.500v0a4.5 4.5 0 0 1-4.5 4.500h-1.5',
  sign: 'M4 16l.8-3.500L13.5 3.800l2.7 2.700L7.5 15.200Z',
  phone:
    'M6.5 3 8.5 7 6.8 8.600a9 9 0 0 0 4.6 4.600L13 11.500l4 2v2.500c0 .8-.7 1.5-1.5 1.500C9 17 3 11 3 4.5 3 3.7 3.7 3 4.5 3Z',
  note: 'M5 3h10v14H5ZM7.5 7h5M7.5 10h5M7.5 13h3',
} as const

export type IconName = keyof typeof paths

// Icons made of dots alone would vanish at the weight of the lines.
const dotted = new Set<IconName>(['more', 'drag'])

export type IconProps = { name: IconName; size?: number; label?: string; className?: string }

export function Icon({ name, size = 16, label, className }: IconProps) {
  const named = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true as const }
  return (
    <svg
      {...named}
      className={className ? `fx-icon ${className}` : 'fx-icon'}
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={dotted.has(name) ? 2.4 : size >= 24 ? 1.8 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}

export const iconNames = Object.keys(paths) as IconName[]
