import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorItem } from '@/api/strategies'
import { mathOperators, type Node, nodeAt, type Path, replaceAt } from '@/strategies/node'
import { Dialog } from '@/ui/Dialog'
import { controlClass, Field } from '@/ui/Field'
import { Select } from '@/ui/Select'
import { useRule } from '../context'
import { calculation, callOf, isNumber, lagged, numberText, onTimeframe, pricesOf } from '../model/blocks'
import { coarserThan } from '../model/document'
import { mathSigns, shortName } from '../words'

/** A value without "candles ago" and timeframe, and those two. */
function unwrap(node: Node): { base: Node; ago: Node | null; timeframe: string | null } {
  const ago = node.kind === 'lag' ? node.rows : null
  const inner = node.kind === 'lag' ? node.of : node
  return inner.kind === 'on'
    ? { base: inner.of, ago, timeframe: inner.timeframe }
    : { base: inner, ago, timeframe: null }
}

function wrap(base: Node, ago: Node | null, timeframe: string | null): Node {
  const seen = onTimeframe(base, timeframe)
  return ago === null ? seen : { kind: 'lag', of: seen, rows: ago }
}

/** Chooses what stands in a place. Everything the language has for values is here. */
export function Picker({ path, onClose }: { path: Path; onClose: () => void }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const [query, setQuery] = useState('')
  const node = nodeAt(rule.root, path)
  if (node === null) return null
  const { base, ago, timeframe } = unwrap(node)
  const put = (next: Node) => rule.change(replaceAt(rule.root, path, next))
  const choose = (next: Node) => {
    put(wrap(next, ago, timeframe))
    onClose()
  }
  const rows = ago === null ? '0' : (numberText(ago) ?? '')
  const frames = coarserThan(rule.document.timeframe)
  return (
    <Dialog open wide onOpenChange={(open) => (open ? undefined : onClose())} title={t('chooseValue')}>
      <Field label={t('searchValues')}>
        {(parts) => (
          <input
            {...parts}
            autoFocus
            type="search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className={controlClass}
          />
        )}
      </Field>
      <Choices base={base} query={query.trim().toLowerCase()} onChoose={choose} />
      <div className="grid grid-cols-2 gap-3 border-t border-line pt-3">
        <Field label={t('candlesAgo')} hint={t('candlesAgoHint')}>
          {(parts) => (
            <input
              {...parts}
              inputMode="numeric"
              defaultValue={rows}
              onChange={(event) => {
                const typed = event.target.value.trim()
                if (isNumber(typed) && Number.isInteger(Number(typed)))
                  put(lagged(onTimeframe(base, timeframe), Number(typed)))
              }}
              className={controlClass}
            />
          )}
        </Field>
        <Select
          label={t('timeframeOf')}
          hint={t('timeframeHint')}
          value={timeframe ?? ''}
          options={[{ value: '', label: t('ownTimeframe') }, ...frames.map((each) => ({ value: each, label: each }))]}
          onChange={(next) => put(wrap(base, ago, next === '' ? null : next))}
        />
      </div>
    </Dialog>
  )
}

type ChoicesProps = { base: Node; query: string; onChoose: (node: Node) => void }

function Choices({ base, query, onChoose }: ChoicesProps) {
  const { t } = useTranslation(['strategies', 'rules'])
  const { document, catalog, conditions } = useRule()
  const fits = (...words: string[]) => query === '' || words.some((word) => word.toLowerCase().includes(query))
  const prices = pricesOf(document).filter((each) => fits(each, t(`rules:price_${each}`)))
  const inputs = Object.entries(document.inputs ?? {}).filter(([name]) => fits(name))
  const definitions = Object.keys(document.define ?? {}).filter((name) => !conditions.has(name) && fits(name))
  const indicators = [...catalog.values()].filter((each) => !each.repaints && fits(each.name, each.title))
  const groups = [...new Set(indicators.map((each) => each.group))]
  const named = (name: string) => onChoose({ kind: 'name', name })
  const signs = mathOperators.filter(() => fits(t('calculation')))
  return (
    <div className="flex max-h-[46dvh] flex-col gap-3 overflow-auto" data-testid="choices">
      <Part title={t('pricesAndNumbers')}>
        {fits(t('aNumber')) ? (
          <Choice onClick={() => onChoose({ kind: 'number', text: '30' })}>{t('aNumber')}</Choice>
        ) : null}
        {prices.map((each) => (
          <Choice key={each} onClick={() => named(each)}>
            {t(`rules:price_${each}`)}
          </Choice>
        ))}
      </Part>
      <Part title={t('inputs')}>
        {inputs.map(([name, value]) => (
          <Choice key={name} onClick={() => named(name)}>
            <code className="font-mono">{name}</code> = {value}
          </Choice>
        ))}
      </Part>
      <Part title={t('definitions')}>
        {definitions.map((name) => (
          <Choice key={name} onClick={() => named(name)}>
            <code className="font-mono">{name}</code>
          </Choice>
        ))}
      </Part>
      {groups.map((group) => (
        <Part key={group} title={t(`rules:group_${group}`)}>
          {indicators
            .filter((each) => each.group === group)
            .map((each) => (
              <Indicator key={each.name} entry={each} onClick={() => onChoose(callOf(each, base))} />
            ))}
        </Part>
      ))}
      <Part title={t('calculation')}>
        {signs.map((sign) => (
          <Choice key={sign} onClick={() => onChoose(calculation(sign, base))}>
            {t('thisAnd', { sign: mathSigns[sign] })}
          </Choice>
        ))}
        {signs.length > 0 && base.kind === 'math' ? (
          <Choice onClick={() => onChoose(base.left)}>{t('onlyLeft')}</Choice>
        ) : null}
      </Part>
    </div>
  )
}

function Indicator({ entry, onClick }: { entry: IndicatorItem; onClick: () => void }) {
  const defaults = entry.parameters.map((each) => `${each.name} ${each.default}`).join(', ')
  return (
    <Choice onClick={onClick} title={entry.formula}>
      <span className="font-semibold">{shortName(entry.name)}</span>
      <span className="text-text-2"> {entry.title}</span>
      {defaults === '' ? null : <span className="text-text-3"> ({defaults})</span>}
    </Choice>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const isEmpty = Array.isArray(children) && children.flat().every((child) => child === null || child === false)
  if (isEmpty) return null
  return (
    <section aria-label={title}>
      <h3 className="panel-label pb-1">{title}</h3>
      <ul className="flex flex-wrap gap-1">{children}</ul>
    </section>
  )
}

function Choice({ title, onClick, children }: { title?: string; onClick: () => void; children: ReactNode }) {
  return (
    <li>
      <button
        type="button"
        title={title}
        onClick={onClick}
        className="min-h-7 rounded-md border border-line-strong px-2 py-0.5 text-left text-table hover:bg-bg2 max-sm:min-h-10"
      >
        {children}
      </button>
    </li>
  )
}
