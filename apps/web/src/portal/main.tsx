import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Problem } from './api/client';
import { Portal } from './portal';
import { startTheme } from './theme';
import './styles.css';

startTheme();
const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays one however often it is asked for.
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});
const root = document.getElementById('portal');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Portal />
      </QueryClientProvider>
    </StrictMode>,
  );
