// Which page stands at which address, and who may see it. Every page is a file of its own that is loaded when it is opened.

import { type ComponentType, lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { useVisitor } from '../api/visitor.ts';
import { NotFound } from '../parts/not-found.tsx';
import { Guard } from './guard.tsx';

const page = (load: () => Promise<{ readonly Page: ComponentType }>) =>
  lazy(() => load().then(({ Page }) => ({ default: Page })));

const Services = page(() => import('../pages/services/services.tsx'));
const Service = page(() => import('../pages/services/service.tsx'));
const Explorer = page(() => import('../pages/explorer/explorer.tsx'));
const Reference = page(() => import('../pages/reference/reference.tsx'));
const ReferenceAction = page(() => import('../pages/reference/action.tsx'));
const Sandbox = page(() => import('../pages/sandbox/sandbox.tsx'));
const NumberRanges = page(() => import('../pages/reference/number-ranges.tsx'));
const Doctor = page(() => import('../pages/doctor/doctor.tsx'));
const Overview = page(() => import('../pages/overview/overview.tsx'));
const Keys = page(() => import('../pages/keys/keys.tsx'));
const Usage = page(() => import('../pages/usage/usage.tsx'));
const Codes = page(() => import('../pages/codes/codes.tsx'));
const SentCodes = page(() => import('../pages/codes/sent.tsx'));
const Outbox = page(() => import('../pages/codes/outbox.tsx'));
const Templates = page(() => import('../pages/codes/templates.tsx'));
const Guards = page(() => import('../pages/codes/guards.tsx'));
const MessageSettings = page(() => import('../pages/codes/settings.tsx'));
const Settings = page(() => import('../pages/account/account.tsx'));
const Accounts = page(() => import('../pages/operator/accounts.tsx'));
const Account = page(() => import('../pages/operator/account.tsx'));
const Prices = page(() => import('../pages/operator/prices.tsx'));
const Registry = page(() => import('../pages/registry/registry.tsx'));
const RegistryImport = page(() => import('../pages/registry/import.tsx'));
const RegistryStatistics = page(() => import('../pages/registry/statistics.tsx'));
const RegistryRanges = page(() => import('../pages/registry/ranges.tsx'));
const RegistryLookUp = page(() => import('../pages/registry/look-up.tsx'));
const Channels = page(() => import('../pages/operator/channels.tsx'));
const Health = page(() => import('../pages/operator/health.tsx'));
const Mails = page(() => import('../pages/operator/mails.tsx'));
const Ledger = page(() => import('../pages/ledger/ledger.tsx'));
const Upkeep = page(() => import('../pages/upkeep/upkeep.tsx'));
const Operators = page(() => import('../pages/operator/operators.tsx'));
const Audit = page(() => import('../pages/operator/audit.tsx'));
const SignIn = page(() => import('../pages/sign-in/sign-in.tsx'));
const Register = page(() => import('../pages/sign-in/register.tsx'));
const ResetPassword = page(() => import('../pages/sign-in/reset-password.tsx'));
const OperatorSignIn = page(() => import('../pages/sign-in/operator-sign-in.tsx'));

export function Pages() {
  return (
    <Routes>
      <Route index element={<Home />} />
      <Route path="services" element={<Services />} />
      <Route path="services/:alias" element={<Service />} />
      <Route path="explorer" element={<Explorer />} />
      <Route path="reference" element={<Reference />} />
      <Route path="reference/:protocol/:action" element={<ReferenceAction />} />
      <Route path="sandbox" element={<Sandbox />} />
      <Route path="number-ranges" element={<NumberRanges />} />
      <Route path="sign-in" element={<SignIn />} />
      <Route path="register" element={<Register />} />
      <Route path="reset-password" element={<ResetPassword />} />
      <Route path="operator/sign-in" element={<OperatorSignIn />} />
      <Route element={<Guard for={['person', 'operator']} />}>
        <Route path="overview" element={<Overview />} />
        <Route path="usage" element={<Usage />} />
        <Route path="doctor" element={<Doctor />} />
      </Route>
      <Route element={<Guard for={['person']} />}>
        <Route path="keys" element={<Keys />} />
        <Route path="settings" element={<Settings />} />
        <Route path="codes" element={<Codes />}>
          <Route index element={<SentCodes />} />
          <Route path="outbox" element={<Outbox />} />
          <Route path="templates" element={<Templates />} />
          <Route path="guards" element={<Guards />} />
          <Route path="settings" element={<MessageSettings />} />
        </Route>
      </Route>
      <Route element={<Guard for={['operator']} />}>
        <Route path="accounts" element={<Accounts />} />
        <Route path="accounts/:id" element={<Account />} />
        <Route path="prices" element={<Prices />} />
        <Route path="registry" element={<Registry />}>
          <Route index element={<RegistryImport />} />
          <Route path="statistics" element={<RegistryStatistics />} />
          <Route path="ranges" element={<RegistryRanges />} />
          <Route path="look-up" element={<RegistryLookUp />} />
        </Route>
        <Route path="channels" element={<Channels />}>
          <Route index element={<Health />} />
          <Route path="mails" element={<Mails />} />
        </Route>
        <Route path="ledger" element={<Ledger />} />
        <Route path="operations" element={<Upkeep />} />
        <Route path="operators" element={<Operators />} />
        <Route path="audit" element={<Audit />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function Home() {
  const visitor = useVisitor();
  if (visitor === undefined) return null;
  return <Navigate to={visitor.kind === 'nobody' ? '/services' : '/overview'} replace />;
}
