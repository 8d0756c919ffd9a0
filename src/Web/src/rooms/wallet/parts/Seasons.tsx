import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Amount } from '@/money/Amount'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { seasonsQuery } from '../api'

export function Seasons({ accountId }: { accountId: string }) {
  const { t } = useTranslation('wallet')
  const pages = useInfiniteQuery({ ...seasonsQuery(accountId), refetchInterval: 15_000 })
  if (pages.isError)
    return <ErrorState what={t('seasonsFailed')} error={pages.error} retry={() => void pages.refetch()} />
  if (pages.isPending) return <SkeletonRows rows={4} />
  const seasons = pages.data.pages.flatMap((page) => page.items)
  return (
    <div className="overflow-x-auto">
      <Table label={t('seasons')}>
        <thead>
          <tr>
            <Th className="pl-4 max-sm:pl-3">{t('season')}</Th>
            <Th className="max-sm:hidden">{t('began')}</Th>
            <Th>{t('ended')}</Th>
            <Th align="right" className="max-sm:hidden">
              {t('start')}
            </Th>
            <Th align="right">{t('final')}</Th>
            <Th align="right" className="max-sm:pr-3">
              {t('pnl')}
            </Th>
            <Th align="right" className="max-lg:hidden">
              {t('realised')}
            </Th>
            <Th align="right" className="max-lg:hidden">
              {t('fees')}
            </Th>
            <Th align="right" className="pr-4 max-sm:hidden">
              {t('trades')}
            </Th>
          </tr>
        </thead>
        <tbody>
          {seasons.map((season) => {
            const unit = { asset: season.valueAsset, showAsset: false }
            return (
              <Tr key={season.number} data-season={season.number}>
                <Td className="pl-4 max-sm:pl-3">{season.number}</Td>
                <Td className="max-sm:hidden">
                  <Time at={season.startedAt} />
                </Td>
                <Td>{season.endedAt === null ? t('running') : <Time at={season.endedAt} />}</Td>
                <Td align="right" className="max-sm:hidden">
                  <Amount value={season.startEquity} {...unit} />
                </Td>
                <Td align="right">
                  <Amount value={season.finalEquity} {...unit} />
                </Td>
                <Td align="right" className="max-sm:pr-3">
                  <Amount value={season.pnl} {...unit} signed />
                </Td>
                <Td align="right" className="max-lg:hidden">
                  <Amount value={season.realised} {...unit} signed />
                </Td>
                <Td align="right" className="max-lg:hidden">
                  <Amount value={season.fees} {...unit} />
                </Td>
                <Td align="right" className="pr-4 max-sm:hidden">
                  {season.trades}
                </Td>
              </Tr>
            )
          })}
        </tbody>
      </Table>
      {pages.hasNextPage ? (
        <div className="p-4">
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
