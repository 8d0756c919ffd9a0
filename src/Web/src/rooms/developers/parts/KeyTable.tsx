import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '@/api/types'
import { Button } from '@/ui/Button'
import { Time } from '@/ui/bits'
import { ConfirmDialog } from '@/ui/Dialog'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states'
import { Table, Td, Th, Tr } from '@/ui/Table'
import { notify, useNotifyProblem } from '@/ui/toast'
import { useNow } from '@/ui/useNow'
import { type ApiKey, keysQuery, revokeKey } from '../api'
import { showNetwork } from '../model'

export function KeyTable({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation('developers')
  const keys = useQuery(keysQuery)
  const [leaving, setLeaving] = useState<ApiKey | null>(null)
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? '\u2013'
  return (
    <section aria-labelledby="keys">
      <h2 id="keys" className="font-semibold">
        {t('keys')}
      </h2>
      <p className="mt-1 text-table text-text-3">{t('passwordEnds')}</p>
      <div className="mt-2 border-y border-line">
        {keys.isError ? (
          <ErrorState what={t('keysFailed')} error={keys.error} retry={() => void keys.refetch()} />
        ) : keys.isPending ? (
          <SkeletonRows rows={3} />
        ) : keys.data.items.length === 0 ? (
          <EmptyState text={t('empty')} className="px-0" />
        ) : (
          <Table label={t('keys')}>
            <thead className="max-sm:sr-only">
              <tr>
                <Th className="pl-0">{t('label')}</Th>
                <Th className="max-lg:hidden">{t('account')}</Th>
                <Th className="max-sm:hidden">{t('rights')}</Th>
                <Th className="max-lg:hidden">{t('addresses')}</Th>
                <Th className="max-sm:hidden">{t('lastUsed')}</Th>
                <Th className="max-sm:hidden">{t('expires')}</Th>
                <Th className="pr-0">
                  <span className="sr-only">{t('revoke')}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {keys.data.items.map((key) => (
                <Row key={key.id} apiKey={key} account={nameOf(key.accountId)} onRevoke={() => setLeaving(key)} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
      {leaving === null ? null : <RevokeKey apiKey={leaving} onClose={() => setLeaving(null)} />}
    </section>
  )
}

function Row({ apiKey, account, onRevoke }: { apiKey: ApiKey; account: string; onRevoke: () => void }) {
  const { t } = useTranslation('developers')
  const { scopes } = apiKey
  const rights = scopes.length === 2 ? t('rights_both') : scopes[0] === 'trade' ? t('rights_trade') : t('rights_read')
  const kind = apiKey.kind === 'ed25519' ? t('kind_ed25519') : t('kind_hmac')
  return (
    <Tr data-key={apiKey.id}>
      <Td className="py-1 pl-0 whitespace-normal">
        <span className="font-semibold break-words">{apiKey.label}</span>
        <span className="block text-text-3">
          <code className="font-mono">{apiKey.prefix}…</code> {kind}
        </span>
        <span className="block text-text-2 lg:hidden">
          {account}
          <span className="sm:hidden">{`, ${rights}`}</span>
        </span>
        <span className="block text-text-2 lg:hidden">
          {`${t('addresses')}: `}
          <Networks all={apiKey.allowedIps} />
        </span>
        <span className="block text-text-2 sm:hidden">
          {`${t('expires')}: `}
          <Expiry at={apiKey.expiresAt} />
        </span>
        <span className="block text-text-2 sm:hidden">
          {`${t('lastUsed')}: `}
          <LastUse apiKey={apiKey} />
        </span>
      </Td>
      <Td className="max-lg:hidden">{account}</Td>
      <Td className="max-sm:hidden">{rights}</Td>
      <Td className="max-lg:hidden">
        <Networks all={apiKey.allowedIps} />
      </Td>
      <Td className="py-1 whitespace-normal max-sm:hidden">
        <LastUse apiKey={apiKey} />
      </Td>
      <Td className="max-sm:hidden">
        <Expiry at={apiKey.expiresAt} />
      </Td>
      <Td align="right" className="pr-0">
        <Button small aria-label={t('revokeWhich', { label: apiKey.label })} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      </Td>
    </Tr>
  )
}

function LastUse({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('developers')
  if (apiKey.lastUsedAt === null) return <span className="text-text-3">{t('neverUsed')}</span>
  return (
    <>
      <Time at={apiKey.lastUsedAt} style="dateTimeSeconds" />
      {apiKey.lastUsedIp === null ? null : (
        <span className="block break-all text-text-3">{t('from', { address: apiKey.lastUsedIp })}</span>
      )}
    </>
  )
}

function Networks({ all }: { all: readonly string[] }) {
  const { t } = useTranslation('developers')
  const shown = all.map(showNetwork)
  const first = shown[0]
  if (first === undefined) return <span className="text-text-3">{t('anyAddress')}</span>
  if (shown.length === 1) return first
  return <span title={shown.join('\n')}>{t('moreAddresses', { first, count: shown.length - 1 })}</span>
}

function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('developers')
  const now = useNow()
  if (at === null) return <span className="text-text-3">{t('lifetime_never')}</span>
  return Date.parse(at) <= now ? <span className="text-warn">{t('expired')}</span> : <Time at={at} style="date" />
}

function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation('developers')
  const client = useQueryClient()
  const failed = useNotifyProblem()
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: () => notify.done(t('revoked', { label: apiKey.label })),
    onError: failed,
    onSettled: () => {
      onClose()
      return client.invalidateQueries({ queryKey: keysQuery.queryKey })
    },
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('revokeTitle', { label: apiKey.label })}
      description={t('revokeText')}
      confirm={t('revoke')}
      confirmVariant="danger"
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    />
  )
}
