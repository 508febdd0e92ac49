// The console begins here: language and theme first, so that the first thing shown is right.

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startLanguage } from './i18n/language.ts';
import './styles.css';

const root = document.getElementById('root');
if (root !== null)
  startLanguage().then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
