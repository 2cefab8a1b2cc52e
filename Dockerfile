# One image for the API and the workers; docker-compose.yml says which command each of them runs.
# It brings no PostgreSQL: DATABASE_URL must name one.

FROM node:20-slim AS build
WORKDIR /lab
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=optional
COPY prisma ./prisma
COPY scripts ./scripts
COPY src ./src
COPY workers ./workers
COPY tsconfig.json prisma.config.ts ./
RUN npm run build
RUN npm prune --ignore-scripts --omit=dev --omit=optional

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /lab
COPY --from=build /lab/package.json ./
COPY --from=build /lab/node_modules ./node_modules
COPY --from=build /lab/dist ./dist
COPY prisma/migrations ./prisma/migrations
COPY examples/documents ./examples/documents
USER node
EXPOSE 4000
CMD ["node", "dist/src/main.js"]
