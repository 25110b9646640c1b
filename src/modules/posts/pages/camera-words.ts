import type { Words } from '../../../ui/index.ts'

export const cameraWords = {
  cameras: { zh: '监控点', en: 'Places with video' },
  noRecognition: {
    zh: '只登记位置和覆盖范围，不识别人脸和车牌',
    en: 'Place and what it covers; nothing recognises faces or plates',
  },
  name: { zh: '名称', en: 'Name' },
  covers: { zh: '覆盖范围', en: 'What it covers' },
  zone: { zh: '所属区域', en: 'Zone' },
  addedOn: { zh: '加装日', en: 'Added on' },
  removedOn: { zh: '拆除日', en: 'Removed on' },
  add: { zh: '登记监控点', en: 'Add a place with video' },
  remove: { zh: '拆除', en: 'Remove' },
  removeAsk: { zh: '登记“{name}”已拆除？', en: 'Record “{name}” as removed?' },
  removeThen: { zh: '记录保留，不再显示在部署图上。', en: 'The record stays; it leaves the map.' },
  empty: { zh: '还没有登记监控点。', en: 'No place with video is on record.' },
  example: { zh: '城东花园东门 · 东门内外 · 10月25日加装', en: 'East Garden, east gate · added 25 October' },
} satisfies Words
