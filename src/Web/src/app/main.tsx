import './styles.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { problemOf } from '@/api/problem'
import { startI18n } from '@/i18n/setup'
import { keepDocumentInStep } from '@/ui/prefs'
import { makeRouter } from './router'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (count, error) => {
        const { status } = problemOf(error)
        return count < 2 && (status === 0 || status >= 500)
      },
      refetchOnWindowFocus: false,
    },
  },
})

keepDocumentInStep()
await startI18n()

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={makeRouter(client)} />
    </QueryClientProvider>
  </StrictMode>,
)
