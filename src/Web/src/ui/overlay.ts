import { create } from 'zustand'

/** Which of the shell's overlays is open; anything may open the palette. */
export const useOverlay = create<{ open: 'palette' | 'shortcuts' | null }>(() => ({ open: null }))

export const openPalette = () => useOverlay.setState({ open: 'palette' })
export const openShortcuts = () => useOverlay.setState({ open: 'shortcuts' })
export const closeOverlay = () => useOverlay.setState({ open: null })
