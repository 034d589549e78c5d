CREATE TABLE `conduct_records` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`pupil_id` text NOT NULL,
	`kind` text NOT NULL,
	`month` text NOT NULL,
	`record` text NOT NULL,
	`source_fingerprint` text NOT NULL,
	`digest` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conduct_records_by_source` ON `conduct_records` (`school_id`,`source_fingerprint`);--> statement-breakpoint
CREATE INDEX `conduct_records_by_pupil` ON `conduct_records` (`school_id`,`pupil_id`,`month`);--> statement-breakpoint
CREATE INDEX `conduct_records_by_kind` ON `conduct_records` (`school_id`,`kind`,`month`);--> statement-breakpoint
CREATE TABLE `register_pages` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`pupil_id` text NOT NULL,
	`month` text NOT NULL,
	`record` text NOT NULL,
	`version` integer NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `register_pages_by_pupil` ON `register_pages` (`school_id`,`pupil_id`,`month`);--> statement-breakpoint
CREATE TABLE `trail` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`from_where` text,
	`facts` text NOT NULL,
	`position` integer,
	`digest` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `trail_by_position` ON `trail` (`school_id`,`position`);--> statement-breakpoint
CREATE INDEX `trail_by_id` ON `trail` (`school_id`,`id`);--> statement-breakpoint
CREATE INDEX `trail_by_subject` ON `trail` (`school_id`,`subject`,`id`);--> statement-breakpoint
CREATE INDEX `trail_by_actor` ON `trail` (`school_id`,`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `trail_by_action` ON `trail` (`school_id`,`action`,`id`);--> statement-breakpoint
CREATE INDEX `trail_by_operator` ON `trail` (`school_id`,`id`) WHERE actor_kind = 'operator';--> statement-breakpoint
CREATE INDEX `trail_unsealed` ON `trail` (`school_id`) WHERE position is null;--> statement-breakpoint
CREATE TABLE `trail_heads` (
	`school_id` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`digest` text NOT NULL,
	`sealed_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `opt_ins` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`channel` text NOT NULL,
	`fingerprint` text NOT NULL,
	`source` text NOT NULL,
	`at_ms` integer NOT NULL,
	`ended_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `opt_ins_by_fingerprint` ON `opt_ins` (`school_id`,`fingerprint`);--> statement-breakpoint
CREATE TABLE `opt_outs` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`channel` text NOT NULL,
	`fingerprint` text NOT NULL,
	`source` text NOT NULL,
	`at_ms` integer NOT NULL,
	`ended_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `opt_outs_by_fingerprint` ON `opt_outs` (`school_id`,`fingerprint`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`parcel_id` text NOT NULL,
	`provider` text NOT NULL,
	`started_at_ms` integer NOT NULL,
	`finished_at_ms` integer,
	`outcome` text,
	`code` text
);
--> statement-breakpoint
CREATE INDEX `attempts_by_parcel` ON `attempts` (`school_id`,`parcel_id`);--> statement-breakpoint
CREATE TABLE `parcels` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`message_id` text NOT NULL,
	`channel` text NOT NULL,
	`urgency` integer NOT NULL,
	`fingerprint` text NOT NULL,
	`body_fingerprint` text NOT NULL,
	`content` text NOT NULL,
	`parts` integer NOT NULL,
	`price_millipence` integer NOT NULL,
	`state` text NOT NULL,
	`state_rank` integer NOT NULL,
	`code` text,
	`provider` text,
	`provider_message_id` text,
	`tries` integer DEFAULT 0 NOT NULL,
	`not_before_ms` integer DEFAULT 0 NOT NULL,
	`claimed_by` text,
	`leased_until_ms` integer,
	`withheld_because` text,
	`look_ups` integer DEFAULT 0 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`changed_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `parcels_one_each` ON `parcels` (`school_id`,`message_id`,`channel`,`fingerprint`,`body_fingerprint`);--> statement-breakpoint
CREATE INDEX `parcels_open` ON `parcels` (`school_id`,`state`,`urgency`,`id`) WHERE state in ('created', 'queued', 'sending', 'uncertain');--> statement-breakpoint
CREATE INDEX `parcels_silent` ON `parcels` (`school_id`,`not_before_ms`) WHERE state = 'sent' and not_before_ms > 0;--> statement-breakpoint
CREATE INDEX `parcels_by_message` ON `parcels` (`school_id`,`message_id`,`state`);--> statement-breakpoint
CREATE INDEX `parcels_by_fingerprint` ON `parcels` (`school_id`,`fingerprint`);--> statement-breakpoint
CREATE TABLE `provider_events` (
	`school_id` text NOT NULL,
	`provider` text NOT NULL,
	`event_id` text NOT NULL,
	`parcel_id` text NOT NULL,
	`state` text NOT NULL,
	`code` text,
	`at_ms` integer NOT NULL,
	`received_at_ms` integer NOT NULL,
	PRIMARY KEY(`school_id`, `provider`, `event_id`)
);
--> statement-breakpoint
CREATE INDEX `provider_events_by_parcel` ON `provider_events` (`school_id`,`parcel_id`);--> statement-breakpoint
CREATE TABLE `candidates` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`message_id` text NOT NULL,
	`pupil_id` text,
	`person_kind` text,
	`person_id` text,
	`is_included` integer NOT NULL,
	`rule` text NOT NULL,
	`parcel_id` text
);
--> statement-breakpoint
CREATE INDEX `candidates_by_message` ON `candidates` (`school_id`,`message_id`,`is_included`);--> statement-breakpoint
CREATE INDEX `candidates_by_parcel` ON `candidates` (`school_id`,`parcel_id`);--> statement-breakpoint
CREATE INDEX `candidates_by_person` ON `candidates` (`school_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `candidates_by_pupil` ON `candidates` (`school_id`,`pupil_id`,`message_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`state` text NOT NULL,
	`category` text NOT NULL,
	`channel` text NOT NULL,
	`contact_rule` text NOT NULL,
	`audience` text NOT NULL,
	`content` text NOT NULL,
	`author_id` text NOT NULL,
	`within_years` text,
	`due_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`started_at_ms` integer,
	`finished_at_ms` integer,
	`held_because` text,
	`parcels` integer DEFAULT 0 NOT NULL,
	`price_millipence` integer NOT NULL,
	`sms_price_millipence` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `messages_by_state` ON `messages` (`school_id`,`state`,`due_at_ms`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`due_at_ms`);--> statement-breakpoint
CREATE INDEX `messages_by_time` ON `messages` (`school_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `messages_by_author` ON `messages` (`school_id`,`author_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `replies` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`contact_id` text,
	`message_id` text,
	`record` text NOT NULL,
	`provider` text NOT NULL,
	`event_id` text NOT NULL,
	`is_stop` integer NOT NULL,
	`received_at_ms` integer NOT NULL,
	`read_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `replies_by_event` ON `replies` (`school_id`,`provider`,`event_id`);--> statement-breakpoint
CREATE INDEX `replies_by_thread` ON `replies` (`school_id`,`fingerprint`,`received_at_ms`);--> statement-breakpoint
CREATE INDEX `replies_by_contact` ON `replies` (`school_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `replies_unread` ON `replies` (`school_id`,`read_at_ms`);--> statement-breakpoint
CREATE TABLE `import_mappings` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`record` text NOT NULL,
	`headers_fingerprint` text NOT NULL,
	`changed_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_mappings_by_headers` ON `import_mappings` (`school_id`,`headers_fingerprint`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`state` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`agent_id` text,
	`data` text NOT NULL,
	`taken_at_ms` integer NOT NULL,
	`feed` text,
	`refused_because` text,
	`record` text NOT NULL,
	`is_partial` integer NOT NULL,
	`file_fingerprint` text NOT NULL,
	`mapping_id` text,
	`counts` text,
	`compared_after` integer,
	`plan_fingerprint` text,
	`held_because` text,
	`approved_by` text,
	`names_school` integer,
	`position` integer,
	`kept` text NOT NULL,
	`findings` text,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`closed_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_by_position` ON `imports` (`school_id`,`position`);--> statement-breakpoint
CREATE INDEX `imports_naming_school` ON `imports` (`school_id`,`position`) WHERE names_school = 1;--> statement-breakpoint
CREATE INDEX `imports_by_file` ON `imports` (`school_id`,`file_fingerprint`);--> statement-breakpoint
CREATE INDEX `imports_by_time` ON `imports` (`school_id`,`created_at_ms`);--> statement-breakpoint
CREATE TABLE `contact_aliases` (
	`school_id` text NOT NULL,
	`pupil_id` text NOT NULL,
	`name_fingerprint` text NOT NULL,
	`contact_id` text NOT NULL,
	`joined_at_ms` integer NOT NULL,
	PRIMARY KEY(`school_id`, `pupil_id`, `name_fingerprint`, `contact_id`)
);
--> statement-breakpoint
CREATE INDEX `contact_aliases_by_contact` ON `contact_aliases` (`school_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`record` text NOT NULL,
	`name_fingerprint` text NOT NULL,
	`digest` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`changed_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contacts_by_name` ON `contacts` (`school_id`,`name_fingerprint`);--> statement-breakpoint
CREATE TABLE `groups` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`record` text NOT NULL,
	`fingerprint` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `groups_by_fingerprint` ON `groups` (`school_id`,`kind`,`fingerprint`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`school_id` text NOT NULL,
	`group_id` text NOT NULL,
	`pupil_id` text NOT NULL,
	PRIMARY KEY(`school_id`, `group_id`, `pupil_id`)
);
--> statement-breakpoint
CREATE INDEX `memberships_by_pupil` ON `memberships` (`school_id`,`pupil_id`);--> statement-breakpoint
CREATE TABLE `points` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`person_kind` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`record` text NOT NULL,
	`fingerprint` text NOT NULL,
	`position` integer NOT NULL,
	`failing_since_ms` integer,
	`failing_because` text
);
--> statement-breakpoint
CREATE INDEX `points_by_person` ON `points` (`school_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `points_by_fingerprint` ON `points` (`school_id`,`fingerprint`);--> statement-breakpoint
CREATE INDEX `points_failing` ON `points` (`school_id`,`failing_since_ms`);--> statement-breakpoint
CREATE TABLE `pupils` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`record` text NOT NULL,
	`upn_fingerprint` text,
	`admission_fingerprint` text,
	`name_fingerprint` text NOT NULL,
	`reference_fingerprint` text,
	`digest` text NOT NULL,
	`left_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`changed_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pupils_by_upn` ON `pupils` (`school_id`,`upn_fingerprint`);--> statement-breakpoint
CREATE INDEX `pupils_by_admission` ON `pupils` (`school_id`,`admission_fingerprint`);--> statement-breakpoint
CREATE INDEX `pupils_by_name` ON `pupils` (`school_id`,`name_fingerprint`);--> statement-breakpoint
CREATE TABLE `relationships` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`pupil_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`record` text NOT NULL,
	`priority` integer,
	`has_parental_responsibility` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `relationships_by_pair` ON `relationships` (`school_id`,`pupil_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `relationships_by_contact` ON `relationships` (`school_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `restrictions` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`pupil_id` text,
	`scope` text NOT NULL,
	`record` text NOT NULL,
	`source` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`review_at_ms` integer,
	`ended_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `restrictions_by_contact` ON `restrictions` (`school_id`,`contact_id`);--> statement-breakpoint
CREATE INDEX `restrictions_by_pupil` ON `restrictions` (`school_id`,`pupil_id`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`record` text NOT NULL,
	`name_fingerprint` text NOT NULL,
	`reference_fingerprint` text,
	`left_at_ms` integer,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_by_school` ON `staff` (`school_id`);--> statement-breakpoint
CREATE TABLE `credit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`millipence` integer NOT NULL,
	`subject` text NOT NULL,
	`at_ms` integer NOT NULL,
	`actor_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `credit_entries_sum` ON `credit_entries` (`school_id`,`kind`,`at_ms`,`millipence`);--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entries_spent_once` ON `credit_entries` (`school_id`,`subject`) WHERE kind = 'spent';--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entries_returned_once` ON `credit_entries` (`school_id`,`subject`) WHERE kind = 'returned';--> statement-breakpoint
CREATE TABLE `expectations` (
	`held` integer NOT NULL,
	CONSTRAINT "expectation_held" CHECK("expectations"."held" = 1)
);
--> statement-breakpoint
CREATE TABLE `write_backs` (
	`id` text PRIMARY KEY NOT NULL,
	`school_id` text NOT NULL,
	`kind` text NOT NULL,
	`about_id` text NOT NULL,
	`state` text NOT NULL,
	`record` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`collected_by` text,
	`collected_at_ms` integer,
	`closed_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `write_backs_by_state` ON `write_backs` (`school_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `write_backs_by_about` ON `write_backs` (`school_id`,`about_id`,`id`);