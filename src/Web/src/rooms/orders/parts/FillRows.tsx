import { NotebookPen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Fill } from '@/api/types'
import { Amount, PriceText } from '@/money/Amount'
import { SideWord } from '@/orders/SideWord'
import { useInstruments } from '@/orders/useInstruments'
import { Time } from '@/ui/bits'
import { Td, Th, Tr } from '@/ui/Table'
import { useIsPhone } from '@/ui/useMedia'
import { VirtualTable } from '@/ui/VirtualTable'
import { useFillWords } from '../words'
import { CopyId, Pair, SmallButton } from './Cells'

type Props = {
  fills: readonly Fill[]
  noted: ReadonlySet<string>
  onNote: (orderId: string) => void
  onEnd?: (() => void) | undefined
}

export function FillRows({ fills, noted, onNote, onEnd }: Props) {
  const { t } = useTranslation('orders')
  const phone = useIsPhone()
  const words = useFillWords()
  const instruments = useInstruments()
  const head = (
    <tr>
      <Th className="pl-4">{t('time')}</Th>
      <Th>{t('pair')}</Th>
      <Th>{t('side')}</Th>
      <Th align="right">{t('price')}</Th>
      <Th align="right">{t('amount')}</Th>
      <Th align="right">{t('total')}</Th>
      <Th align="right" className="max-lg:hidden">
        {t('fee')}
      </Th>
      <Th className="w-full pl-6 max-xl:hidden">{t('why')}</Th>
      <Th align="right" className="pr-4">
        <span className="sr-only">{t('actions')}</span>
      </Th>
    </tr>
  )
  const row = (fill: Fill) => {
    const instrument = instruments.get(fill.symbol)
    const pair = instrument ? `${instrument.base}/${instrument.quote}` : fill.symbol
    const buttons = (
      <>
        <CopyId id={fill.id} label={t('copyFillId', { id: fill.id })} />
        <SmallButton
          label={t(noted.has(fill.orderId) ? 'detailsWithNote' : 'details', { pair, id: fill.orderId })}
          pressed={noted.has(fill.orderId)}
          icon={<NotebookPen size={14} strokeWidth={1.75} aria-hidden />}
          onClick={() => onNote(fill.orderId)}
        />
      </>
    )
    const price = <PriceText value={fill.price} tick={instrument?.tickSize ?? '0.01'} />
    if (phone)
      return (
        <tr key={fill.id} data-fill={fill.id} className="h-[152px] border-t border-line">
          <td className="w-full px-3 py-1 align-top">
            <div className="flex items-baseline justify-between gap-2 text-body">
              <span className="flex items-center gap-x-2">
                <SideWord side={fill.side} />
                <b className="font-semibold">
                  <Pair symbol={fill.symbol} text={pair} />
                </b>
              </span>
              <Amount value={fill.quoteQuantity} asset={instrument?.quote ?? ''} />
            </div>
            <p>
              <Amount value={fill.quantity} asset={instrument?.base ?? ''} /> @ {price}
            </p>
            <p className="line-clamp-3 text-text-2">{words(fill, true)}</p>
            <div className="flex items-center justify-between text-text-3">
              <Time at={fill.time} />
              <span className="flex">{buttons}</span>
            </div>
          </td>
        </tr>
      )
    return (
      <Tr key={fill.id} data-fill={fill.id} className="h-8">
        <Td className="pl-4 text-text-3">
          <Time at={fill.time} style="dateTimeSeconds" />
        </Td>
        <Td>
          <Pair symbol={fill.symbol} text={pair} />
        </Td>
        <Td>
          <SideWord side={fill.side} />
        </Td>
        <Td align="right">{price}</Td>
        <Td align="right">
          <Amount value={fill.quantity} asset={instrument?.base ?? ''} />
        </Td>
        <Td align="right">
          <Amount value={fill.quoteQuantity} asset={instrument?.quote ?? ''} />
        </Td>
        <Td align="right" className="max-lg:hidden">
          <Amount value={fill.fee} asset={fill.feeAsset} rounding="nearest" />
        </Td>
        <Td className="max-w-0 truncate pl-6 text-text-2 max-xl:hidden">
          <span title={words(fill)}>{words(fill, true)}</span>
        </Td>
        <Td align="right" className="pr-4">
          {buttons}
        </Td>
      </Tr>
    )
  }
  return (
    <VirtualTable
      label={t('tab_fills')}
      count={fills.length}
      height={phone ? 152 : 32}
      head={head}
      keyOf={(index) => fills[index]?.id ?? String(index)}
      onEnd={onEnd}
      row={(index) => {
        const fill = fills[index]
        return fill === undefined ? null : row(fill)
      }}
    />
  )
}
