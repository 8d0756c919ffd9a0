import { CopyPlus, Ellipsis, Filter, FilterX, History, ListPlus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { addBeside, isGroup, type Node, nodeAt, type Path, removeAt, replaceAt } from '@/strategies/node'
import { Menu, MenuItem, MenuLine } from '@/ui/Menu'
import { useRule } from '../context'
import { firstCondition, lagged, toggleNot } from '../model/blocks'

const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

/** What can be done with a condition. */
export function ConditionMenu({ node, path, name }: { node: Node; path: Path; name: string }) {
  const { t } = useTranslation('strategies')
  const rule = useRule()
  const parent = path.length === 0 ? null : nodeAt(rule.root, path.slice(0, -1))
  const canGo = parent !== null && isGroup(parent)
  const set = (next: Node) => rule.change(replaceAt(rule.root, path, next))
  return (
    <Menu label={t('moreFor', { name })} icon={<Ellipsis {...icon} />}>
      {isGroup(node) ? null : (
        <>
          <MenuItem
            icon={<ListPlus {...icon} />}
            onSelect={() => rule.change(addBeside(rule.root, path, 'all', firstCondition()))}
          >
            {t('addAnd')}
          </MenuItem>
          <MenuItem
            icon={<ListPlus {...icon} />}
            onSelect={() => rule.change(addBeside(rule.root, path, 'any', firstCondition()))}
          >
            {t('addOr')}
          </MenuItem>
          <MenuLine />
        </>
      )}
      {node.kind === 'not' ? (
        <MenuItem icon={<FilterX {...icon} />} onSelect={() => set(toggleNot(node))}>
          {t('removeNot')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Filter {...icon} />} onSelect={() => set(toggleNot(node))}>
          {t('addNot')}
        </MenuItem>
      )}
      {node.kind === 'lag' ? null : (
        <MenuItem icon={<History {...icon} />} onSelect={() => set(lagged(node, 1))}>
          {t('candleBefore')}
        </MenuItem>
      )}
      {node.kind === 'lag' ? (
        <MenuItem icon={<History {...icon} />} onSelect={() => set(lagged(node, 0))}>
          {t('candleThis')}
        </MenuItem>
      ) : null}
      {[...rule.conditions].map((definition) => (
        <MenuItem
          key={definition}
          icon={<CopyPlus {...icon} />}
          onSelect={() => set({ kind: 'name', name: definition })}
        >
          {t('useDefinition', { name: definition })}
        </MenuItem>
      ))}
      {node.kind === 'compare' || node.kind === 'cross' || isGroup(node) ? null : (
        <MenuItem icon={<CopyPlus {...icon} />} onSelect={() => set(firstCondition())}>
          {t('freshCondition')}
        </MenuItem>
      )}
      {canGo ? (
        <>
          <MenuLine />
          <MenuItem icon={<Trash2 {...icon} />} onSelect={() => rule.change(removeAt(rule.root, path))}>
            {t('removeCondition')}
          </MenuItem>
        </>
      ) : null}
    </Menu>
  )
}
