import { render } from 'preact'
import { Page } from './page/page.tsx'
import './page/page.css'
import { makeStore } from './store/store.ts'

const root = document.getElementById('lab')
if (root) render(<Page store={makeStore()} />, root)
