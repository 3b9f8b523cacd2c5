/** One file with everything in it, the same bytes on every machine. */

import { defineConfig } from "vite";

const NOTICE = "/*! Order assistant. Contains Preact, MIT License, Copyright (c) 2015-present Jason Miller. */";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    reportCompressedSize: false,
    lib: {
      entry: "src/order-assistant.tsx",
      formats: ["iife"],
      name: "OrderAssistant",
      fileName: () => "order-assistant.js",
    },
    rolldownOptions: { output: { banner: NOTICE } },
  },
});
