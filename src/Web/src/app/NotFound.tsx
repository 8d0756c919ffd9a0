import { useTranslation } from 'react-i18next'

export function NotFound() {
  const { t } = useTranslation('shell')
  return <h1 className="p-4 text-em font-semibold">{t('notFoundTitle')}</h1>
}
