CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`record` text NOT NULL,
	`needs` text,
	`verified_by` text,
	`confirmed_at_ms` integer NOT NULL,
	`support_access_id` text,
	`created_at_ms` integer NOT NULL,
	`seen_at_ms` integer NOT NULL,
	`idle_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`ended_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_end` ON `sessions` (`ends_at_ms`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_key` ON `sign_in_failures` (`key`,`at_ms`);--> statement-breakpoint
CREATE INDEX `sign_in_failures_by_time` ON `sign_in_failures` (`at_ms`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`role` text NOT NULL,
	`grants` text NOT NULL,
	`year_groups` text,
	`record` text NOT NULL,
	`email_fingerprint` text NOT NULL,
	`password_hash` text NOT NULL,
	`password_changed_at_ms` integer NOT NULL,
	`password_change` text,
	`password_reminded_at_ms` integer,
	`state` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_sign_in_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_email` ON `users` (`email_fingerprint`) WHERE state <> 'removed';--> statement-breakpoint
CREATE INDEX `users_by_organisation` ON `users` (`organisation_id`);--> statement-breakpoint
CREATE INDEX `users_by_password_age` ON `users` (`password_changed_at_ms`);--> statement-breakpoint
CREATE TABLE `challenges` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`purpose` text NOT NULL,
	`challenge` text NOT NULL,
	`expires_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `challenges_by_user` ON `challenges` (`user_id`);--> statement-breakpoint
CREATE INDEX `challenges_by_end` ON `challenges` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`record` text NOT NULL,
	`counter` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_used_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passkeys_by_credential` ON `passkeys` (`credential_id`);--> statement-breakpoint
CREATE INDEX `passkeys_by_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`code` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `recovery_codes_by_user` ON `recovery_codes` (`user_id`);--> statement-breakpoint
CREATE TABLE `totps` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`record` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_step` integer
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`record` text NOT NULL,
	`email_fingerprint` text NOT NULL,
	`role` text NOT NULL,
	`grants` text NOT NULL,
	`year_groups` text,
	`invited_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`accepted_at_ms` integer,
	`withdrawn_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_by_secret` ON `invitations` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_organisation` ON `invitations` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_by_time` ON `invitations` (`created_at_ms`);--> statement-breakpoint
CREATE INDEX `invitations_by_inviter` ON `invitations` (`invited_by`);--> statement-breakpoint
CREATE TABLE `password_resets` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `password_resets_by_secret` ON `password_resets` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `password_resets_by_user` ON `password_resets` (`user_id`);--> statement-breakpoint
CREATE TABLE `review_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`review_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`grants` text NOT NULL,
	`year_groups` text,
	`decision` text NOT NULL,
	`note` text,
	`decided_by` text NOT NULL,
	`decided_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_lines_one_each` ON `review_lines` (`review_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`term` text NOT NULL,
	`opened_at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`completed_at_ms` integer,
	`completed_by` text,
	`reminded_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_by_term` ON `reviews` (`organisation_id`,`term`);--> statement-breakpoint
CREATE INDEX `reviews_open` ON `reviews` (`organisation_id`,`due_at_ms`) WHERE completed_at_ms is null;--> statement-breakpoint
CREATE TABLE `bulk_exports` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`what` text NOT NULL,
	`record` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`decided_by` text,
	`decision` text,
	`decided_at_ms` integer,
	`fetched_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `bulk_exports_by_time` ON `bulk_exports` (`requested_at_ms`);--> statement-breakpoint
CREATE TABLE `screenings` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`user_id` text NOT NULL,
	`code` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`closed_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `screenings_by_organisation` ON `screenings` (`organisation_id`,`code`);--> statement-breakpoint
CREATE INDEX `screenings_by_end` ON `screenings` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `support_accesses` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`operator_id` text NOT NULL,
	`operator_role` text NOT NULL,
	`screened_by` text,
	`role` text NOT NULL,
	`year_groups` text,
	`record` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`ended_by` text,
	`told_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `support_accesses_by_organisation` ON `support_accesses` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `support_accesses_by_operator` ON `support_accesses` (`operator_id`,`ends_at_ms`);--> statement-breakpoint
CREATE INDEX `support_accesses_by_lender` ON `support_accesses` (`screened_by`,`ends_at_ms`);--> statement-breakpoint
CREATE INDEX `support_accesses_not_told` ON `support_accesses` (`ends_at_ms`) WHERE told_at_ms is null;--> statement-breakpoint
CREATE INDEX `support_accesses_not_ended` ON `support_accesses` (`organisation_id`,`ends_at_ms`) WHERE ended_at_ms is null;--> statement-breakpoint
CREATE TABLE `agent_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`retired_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `agent_keys_by_retired` ON `agent_keys` (`retired_at_ms`);--> statement-breakpoint
CREATE TABLE `agent_requests` (
	`agent_id` text NOT NULL,
	`nonce` text NOT NULL,
	`at_ms` integer NOT NULL,
	PRIMARY KEY(`agent_id`, `nonce`)
);
--> statement-breakpoint
CREATE INDEX `agent_requests_by_time` ON `agent_requests` (`at_ms`);--> statement-breakpoint
CREATE TABLE `agents` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`state` text NOT NULL,
	`record` text NOT NULL,
	`login_hash` text,
	`code_hash` text,
	`code_expires_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`enrolled_at_ms` integer,
	`revoked_at_ms` integer,
	`last_seen_at_ms` integer,
	`last_push_at_ms` integer,
	`version` text,
	`nightly_hour` integer,
	`expected_by_ms` integer,
	`told_late_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agents_by_code` ON `agents` (`code_hash`);--> statement-breakpoint
CREATE INDEX `agents_by_organisation` ON `agents` (`organisation_id`,`id`);--> statement-breakpoint
CREATE INDEX `agents_by_expected` ON `agents` (`expected_by_ms`);--> statement-breakpoint
CREATE TABLE `pushes` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`agent_id` text NOT NULL,
	`import_id` text NOT NULL,
	`state` text NOT NULL,
	`enc_fingerprint` text NOT NULL,
	`digest` text,
	`server_key_id` text NOT NULL,
	`api_key_id` text NOT NULL,
	`kind` text NOT NULL,
	`scope` text NOT NULL,
	`taken_at_ms` integer NOT NULL,
	`bytes` integer NOT NULL,
	`received_at_ms` integer NOT NULL,
	`attempts` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`because` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pushes_by_enc` ON `pushes` (`agent_id`,`enc_fingerprint`);--> statement-breakpoint
CREATE UNIQUE INDEX `pushes_by_import` ON `pushes` (`import_id`);--> statement-breakpoint
CREATE INDEX `pushes_by_state` ON `pushes` (`state`,`received_at_ms`);--> statement-breakpoint
CREATE INDEX `pushes_by_school` ON `pushes` (`organisation_id`,`state`,`taken_at_ms`);--> statement-breakpoint
CREATE INDEX `pushes_by_received` ON `pushes` (`received_at_ms`);--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`queue` text NOT NULL,
	`body` text NOT NULL,
	`at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`ending` text
);
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`ended_at_ms`,`at_ms`);--> statement-breakpoint
CREATE UNIQUE INDEX `dead_letters_by_job` ON `dead_letters` (`queue`,`job_id`);--> statement-breakpoint
CREATE TABLE `organisation_contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`organisation_id` text NOT NULL,
	`record` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`part_of` text,
	`products` text NOT NULL,
	`mis_supplier` text,
	`dfe_number` text,
	`starts_on` text,
	`ends_on` text,
	`texts_from` text,
	`email_from` text,
	`sms_price_millipence` integer NOT NULL,
	`password_days` integer,
	`idle_minutes` integer NOT NULL,
	`absolute_hours` integer NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisations_by_number` ON `organisations` (`texts_from`);--> statement-breakpoint
CREATE INDEX `organisations_by_name` ON `organisations` (`kind`,`name`);--> statement-breakpoint
CREATE TABLE `placements` (
	`organisation_id` text PRIMARY KEY NOT NULL,
	`shard` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `placements_by_shard` ON `placements` (`shard`);--> statement-breakpoint
CREATE TABLE `expectations` (
	`held` integer NOT NULL,
	CONSTRAINT "expectation_held" CHECK("expectations"."held" = 1)
);
